package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that lists the rules names tests that exist. */
class RulesPageTest {
    private static final Path HOME = Path.of(System.getProperty("taskqueue.home", "."));
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        List<String[]> names = NAME.matcher(Files.readString(HOME.resolve("docs/rules.md")))
                .results()
                .map(name -> new String[] {name.group(1), name.group(2)})
                .toList();

        assertThat(names)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(source(name[0])).as(name[0]).containsOnlyOnce(" void " + name[1] + "("));
    }

    private static String source(String testClass) throws IOException {
        for (String folder : List.of("src/test/java", "containers/src/test/java")) {
            try (var files = Files.walk(HOME.resolve(folder))) {
                Optional<Path> file =
                        files.filter(path -> path.endsWith(testClass + ".java")).findFirst();
                if (file.isPresent()) {
                    return Files.readString(file.get());
                }
            }
        }
        throw new AssertionError("There is no " + testClass);
    }
}
