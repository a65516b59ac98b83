package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manager without memory works on half of what it should: it ends, and whoever started it starts it again. */
class OutOfMemoryTest {
    private static final Path HOME = Path.of(System.getProperty("taskqueue.home", ".."));

    @ParameterizedTest
    @ValueSource(strings = {"taskqueue", "containers/taskqueue.sh"})
    void aProcessThatIsStartedByItEndsWhenItHasNoMoreMemory(String launcher) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(launcher));
        command.addAll(List.of(
                "-Xmx16m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add(Survivor.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(output).isNotZero();
        assertThat(output).doesNotContain("survived");
    }

    /** What the launcher's last java has before its jar. */
    private static List<String> options(String launcher) throws Exception {
        String script = Files.readString(HOME.resolve(launcher)).replace("\\\n", " ");
        String line = script.lines()
                .filter(one -> one.startsWith("exec ") && one.contains("java "))
                .reduce((first, second) -> second)
                .orElseThrow();
        return Arrays.stream(line.split("\\s+"))
                .filter(option -> option.startsWith("-XX:") && !option.contains("$"))
                .toList();
    }

    /** Goes on after anything, as what must not end does. */
    static final class Survivor {
        private Survivor() {}

        public static void main(String[] arguments) {
            try {
                List<byte[]> kept = new ArrayList<>();
                while (true) {
                    kept.add(new byte[1 << 20]);
                }
            } catch (Throwable e) {
                System.out.println("survived " + e.getClass());
            }
        }
    }
}
