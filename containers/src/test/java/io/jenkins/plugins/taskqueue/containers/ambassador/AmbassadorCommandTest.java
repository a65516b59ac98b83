package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AmbassadorCommandTest {
    private static final Pattern SOURCE = Pattern.compile("--source (\\S+) ");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /** The command as a process of its own. */
    static final class Command {
        public static void main(String[] args) {
            System.exit(new CommandLine(new AmbassadorCommand()).execute(args));
        }
    }

    private int execute(String... args) {
        return new CommandLine(new AmbassadorCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void storeMustBeNamed() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("ambassador files");
    }

    @Test
    void missingDirectoryIsAUsageError() {
        assertThat(execute("files", directory + "/nothing")).isEqualTo(2);
        assertThat(err.toString()).contains("nothing is not a directory");
    }

    @Test
    void senselessPatternIsAUsageError() {
        assertThat(execute("files", directory.toString(), "--glob", "{a")).isEqualTo(2);
        assertThat(err.toString()).contains("{a", "makes no sense");
    }

    @Test
    void takenPortIsToldWithTheOptionThatHelps() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(execute("files", directory.toString(), "--port", "" + taken.getLocalPort()))
                    .isEqualTo(3);
            assertThat(err.toString()).contains("port " + taken.getLocalPort() + " of 127.0.0.1", "--port");
        }
    }

    @Test
    void servesTheDirectoryUntilItIsInterrupted() throws Exception {
        Files.writeString(directory.resolve("a.mp4"), "x");
        Files.writeString(directory.resolve("a.txt"), "x");
        var call = new FutureTask<>(() ->
                execute("files", directory.toString(), "--glob", "**/*.mp4", "--port", "0", "--prefix", "/api/v1"));
        var thread = new Thread(call);
        thread.start();
        await().until(() -> SOURCE.matcher(out.toString()).find());

        assertThat(source(out.toString()).list(Listing.NONE).names()).containsExactly("a.mp4");
        assertThat(out.toString()).contains("http://127.0.0.1:", "/api/v1/items");
        thread.interrupt();
        assertThat(call.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void namesSurviveWhateverTheLocaleAndTerminationEndsTheProcess(String locale) throws Exception {
        var names = List.of("plain.mp4", "été/🎬.mp4", "שלום");
        for (var name : names) {
            var file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        var process = command(locale, "files", directory.toString(), "--port", "0");
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var source = source(lines.readLine());

            assertThat(source.list(Listing.NONE).names()).containsExactlyInAnyOrderElementsOf(names);
            for (var name : names) {
                assertThat(source.data(name)).as(name).isPresent();
            }
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void fileNameThatIsNoUnicodeIsLeftOutAndToldOf(String locale) throws Exception {
        Files.writeString(directory.resolve("good"), "x");
        var shell = new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377')\"")
                .directory(directory.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        var process = command(locale, "files", directory.toString(), "--port", "0");
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var log = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            var source = source(lines.readLine());

            assertThat(source.list(Listing.NONE).names()).containsExactly("good");
            assertThat(log.lines().filter(line -> line.contains("not UTF-8")).findFirst())
                    .hasValueSatisfying(line -> assertThat(line).contains("bad%FF", "Rename"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static HttpSource source(String line) {
        var found = SOURCE.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return HttpSource.over(HttpSourceSettings.of(found.group(1)));
    }

    private static Process command(String locale, String... args) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Command.class.getName());
        builder.command().addAll(List.of(args));
        builder.environment().put("LC_ALL", locale);
        return builder.start();
    }
}
