package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that says how pods are read has the lines by which they are read, in their order. */
class PodsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("taskqueue.home", "."), "docs/pods.md");

    @Test
    void theTableOfEndsIsTheOneInTheCode() throws IOException {
        assertThat(table("How an attempt ended"))
                .containsExactlyElementsOf(
                        Arrays.stream(PodEnd.values()).map(PodEnd::line).toList());
    }

    @Test
    void theTableOfWaitsIsTheOneInTheCode() throws IOException {
        assertThat(table("What goes on, or waits"))
                .containsExactlyElementsOf(
                        Arrays.stream(PodWait.values()).map(PodWait::line).toList());
    }

    private static List<String> table(String heading) throws IOException {
        return Files.readString(PAGE)
                .split("## " + heading)[1]
                .split("\n## ")[0]
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.replaceFirst("[^|]*\\|$", ""))
                .toList();
    }
}
