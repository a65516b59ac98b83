package io.jenkins.plugins.taskqueue.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What can be told of the Jenkins side without Jenkins, for machines that can't build it. */
class JenkinsSideTest {
    private static final Path HOME = Path.of(System.getProperty("taskqueue.home"));
    private static final Path PACKAGE = Path.of("io", "jenkins", "plugins", "taskqueue");
    private static final Path SOURCES = HOME.resolve("src/main/java").resolve(PACKAGE);
    private static final Path RESOURCES = HOME.resolve("src/main/resources").resolve(PACKAGE);

    private static final Pattern CONSTRUCTOR =
            Pattern.compile("@DataBoundConstructor\\s+public (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);
    private static final Pattern SETTER = Pattern.compile("@DataBoundSetter\\s+public void set(\\w+)\\(");
    private static final Pattern MESSAGE = Pattern.compile("Messages\\s*\\.([A-Z]\\w*)_(\\w+)\\(");
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([a-zA-Z][\\w.]*)[(}]");
    private static final Pattern INLINE =
            Pattern.compile("<script|<style|\\son[a-z]+=|\\sstyle=|checkUrl=|javascript:", Pattern.CASE_INSENSITIVE);

    private static List<Path> files(Path folder, int depth, Predicate<Path> wanted) {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() {
        return files(SOURCES, 1, file -> file.toString().endsWith(".java"));
    }

    private static List<Path> views() {
        return files(
                HOME.resolve("src/main/resources"), 9, file -> file.toString().endsWith(".jelly"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everySourceParses() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var faults = new DiagnosticCollector<JavaFileObject>();
        try (var manager = compiler.getStandardFileManager(faults, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    faults,
                    List.of("--release", "17", "-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(sources()));
            assertThat(task.parse()).hasSizeGreaterThan(20);
        }
        assertThat(faults.getDiagnostics()).isEmpty();
    }

    /** The data-bound settings of each class, from its source. */
    private static Set<String> settings(String source) {
        Set<String> settings = new TreeSet<>();
        Matcher constructor = CONSTRUCTOR.matcher(source);
        while (constructor.find()) {
            for (String parameter : constructor.group(2).split(",")) {
                if (!parameter.isBlank()) {
                    settings.add(parameter.strip().replaceAll(".*\\s", ""));
                }
            }
        }
        Matcher setter = SETTER.matcher(source);
        while (setter.find()) {
            String name = setter.group(1);
            settings.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
        }
        return settings;
    }

    @Test
    void everySettingHasItsEntryInTheFormAndItsHelp() {
        List<String> missing = new ArrayList<>();
        int forms = 0;
        for (Path source : sources()) {
            String type = source.getFileName().toString().replace(".java", "");
            Set<String> settings = settings(read(source));
            Path folder = RESOURCES.resolve(type.equals("WorkerStep") ? "TaskQueueStep" : type);
            forms += settings.isEmpty() ? 0 : 1;
            for (String setting : settings) {
                Path form = folder.resolve("config.jelly");
                if (!Files.exists(form) || !read(form).contains("field=\"" + setting + "\"")) {
                    missing.add("the entry of " + type + "." + setting);
                }
                Path help = folder.resolve("help-" + setting + ".html");
                if (!Files.exists(help) || !read(help).strip().matches("(?s)<div>.*\\w.*</div>")) {
                    missing.add("the help of " + type + "." + setting);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(forms).isGreaterThan(4);
    }

    @Test
    void everyViewIsWellFormedEscapesByDefaultAndHasNothingInline() throws Exception {
        var parser = DocumentBuilderFactory.newInstance();
        parser.setNamespaceAware(true);
        parser.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        assertThat(views()).hasSizeGreaterThan(10);
        for (Path view : views()) {
            String text = read(view);
            parser.newDocumentBuilder().parse(view.toFile());
            assertThat(text).as(view.toString()).startsWith("<?jelly escape-by-default='true'?>");
            assertThat(INLINE.matcher(text).results().map(found -> found.group().strip()))
                    .as(view.toString())
                    .isEmpty();
        }
    }

    @Test
    void everyMessageThatIsUsedExistsAndEveryOneThatExistsIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : sources()) {
            MESSAGE.matcher(read(source))
                    .results()
                    .map(found -> found.group(1) + "." + found.group(2))
                    .forEach(used::add);
        }
        assertThat(keys(RESOURCES.resolve("Messages.properties"))).isEqualTo(used);
    }

    @Test
    void everyTextThatAViewNamesByItsKeyExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path view : views()) {
            Set<String> named = TEXT.matcher(read(view))
                    .results()
                    .map(found -> found.group(1))
                    .filter(key -> Character.isLowerCase(key.charAt(0)))
                    .collect(Collectors.toCollection(TreeSet::new));
            Path texts = view.resolveSibling(view.getFileName().toString().replace(".jelly", ".properties"));
            named.removeAll(Files.exists(texts) ? keys(texts) : Set.of());
            named.forEach(key -> missing.add(view.getFileName() + ": " + key));
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> keys(Path properties) throws IOException {
        Properties texts = new Properties();
        try (var reader = Files.newBufferedReader(properties)) {
            texts.load(reader);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }
}
