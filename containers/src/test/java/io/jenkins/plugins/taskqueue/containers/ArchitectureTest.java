package io.jenkins.plugins.taskqueue.containers;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.taskqueue";
    private static final String ENGINE = ROOT + ".engine";
    private static final Set<String> PORTS = Set.of("Source", "Cluster", "Items");
    private static final Set<String> SOURCES = Set.of("java", "js", "css", "sh", "go", "py");
    private static final Set<String> BUILT = Set.of("target", "work", ".git");
    private static final int LONGEST_FILE = 300;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void engineKnowsNothingOfJenkins() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jenkins..", "hudson..", "org.jenkinsci..", "org.kohsuke.."));
    }

    @Test
    void kubeconfigKnowsOnlyTheEnginesKubernetes() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".kubeconfig..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT, ROOT + ".containers..", "jenkins..", "hudson..", "org.jenkinsci..", "org.kohsuke.."));
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".kubeconfig.."));
    }

    @Test
    void engineKnowsNothingOfTheContainers() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".containers.."));
    }

    @Test
    void decisionsKnowNeitherHttpNorKubernetes() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE + ".kubernetes..", ENGINE + ".ambassador..", "io.fabric8.."));
    }

    @Test
    void ambassadorAndKubernetesDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE + ".ambassador..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE + ".kubernetes.."));
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE + ".kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE + ".ambassador.."));
    }

    @Test
    void noPackageIsADrawer() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .noneMatch(name -> name.matches(".*\\.(util|utils|common|helper|helpers|misc)(\\..*)?"));
    }

    @Test
    void onlyPortsAreInterfacesWithOneImplementation() {
        assertThat(CLASSES.stream()
                        .filter(ArchitectureTest::isOpenInterface)
                        .filter(type -> type.getAllSubclasses().size() == 1)
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !PORTS.contains(name)))
                .as("interfaces with one implementation")
                .isEmpty();
    }

    @Test
    void noFileIsLongerThanThreeHundredLines() throws IOException {
        var repository = Path.of(System.getProperty("taskqueue.home"));
        try (var paths = Files.walk(repository)) {
            var sources = paths.filter(Files::isRegularFile)
                    .map(repository::relativize)
                    .filter(ArchitectureTest::isSource)
                    .toList();
            assertThat(sources).isNotEmpty();
            assertThat(sources.stream().filter(file -> lines(repository.resolve(file)) > LONGEST_FILE))
                    .as("files over %d lines", LONGEST_FILE)
                    .isEmpty();
        }
    }

    @Test
    void noSentenceThatJenkinsShowsNamesAFlagOfTheCommandLine() throws IOException {
        var flag = Pattern.compile("\"[^\"]*--[a-z][^\"]*\"");
        try (var paths = Files.walk(Path.of(System.getProperty("taskqueue.home"), "src", "main", "java"))) {
            var sources = paths.filter(Files::isRegularFile).toList();
            assertThat(sources).isNotEmpty();
            assertThat(sources)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .noneMatch(line -> flag.matcher(line.replace("--type merge", ""))
                                    .find())); // which is kubectl's
        }
    }

    private static void check(ArchRule rule) {
        // A rule about a package that has no classes yet is kept, not broken.
        rule.allowEmptyShould(true).check(CLASSES);
    }

    /** Sealed interfaces list their implementations, functional ones are implemented by lambdas that nobody sees here. */
    private static boolean isOpenInterface(JavaClass type) {
        if (!type.isInterface() || type.isAnnotation() || type.reflect().isSealed()) {
            return false;
        }
        var methods = type.getAllMethods().stream()
                .filter(method -> method.getModifiers().contains(ABSTRACT));
        return methods.count() != 1;
    }

    private static boolean isSource(Path file) {
        var name = file.getFileName().toString();
        var type = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
        var script = type.isEmpty() && file.startsWith("scripts");
        return (script || SOURCES.contains(type))
                && StreamSupport.stream(file.spliterator(), false).noneMatch(part -> BUILT.contains(part.toString()));
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file, e);
        }
    }
}
