package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a job's author, a source and a neighbour in the namespace may send to fill a memory or to keep a thread. Both are
 * measured for the thread that reads it: all that it has allocated, and the processor's time, not the clock's.
 * The servers are tried in {@code WebServerTest} and {@code GuardTest}.
 */
class HostileInputTest {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String JSON_LIST = "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[";

    /** Reads what is hostile; what it throws is the refusal. */
    interface Reader {
        void read() throws Exception;
    }

    /** Writes an answer's body. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    static Stream<Arguments> yaml() {
        String twos = Stream.iterate(1, i -> i + 1)
                .limit(15)
                .map(i -> "a" + i + ": &a" + i + " {l: *a" + (i - 1) + ", r: *a" + (i - 1) + "}\n")
                .reduce("a0: &a0 {k: v}\n", String::concat);
        return Stream.of(
                Arguments.of("lists of lists of aliases", UserYamlTest.bomb(9)),
                Arguments.of("maps of maps of aliases", twos),
                Arguments.of("merged maps of aliases", twos.replace("l: *", "<<: *")),
                Arguments.of("an alias within its anchor", "a: &a [*a, *a]"),
                Arguments.of("a key that is its own alias", "? &a [*a]\n: b"),
                Arguments.of("deep lists", "a: " + "[".repeat(60_000)),
                Arguments.of("deep maps", "a: " + "{a: ".repeat(15_000)),
                Arguments.of("deep blocks", "- ".repeat(30_000)),
                Arguments.of("many values", "a: [" + "x,".repeat(30_000) + "]"),
                Arguments.of("many documents", "---\n".repeat(16_000)),
                Arguments.of("many anchors", "a: [" + "&a x,".repeat(12_000) + "]"),
                Arguments.of("a long number", "spec: {activeDeadlineSeconds: " + "9".repeat(65_000) + "}"),
                Arguments.of(
                        "a number with a long exponent", "spec: {activeDeadlineSeconds: 1e" + "9".repeat(60_000) + "}"),
                Arguments.of(
                        "a class to be made", "!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1\"]]]"),
                Arguments.of("a key without an end", "? ".repeat(30_000)),
                Arguments.of("more than a Pod has", "a: " + "x".repeat(1_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("yaml")
    void yamlOfAJob(String name, String yaml) throws Exception {
        measure(() -> UserPod.check(yaml));
    }

    static Stream<Arguments> records() throws IOException {
        return Stream.of(
                Arguments.of("a gigabyte", zipped("{\"version\":1,\"entries\":[", " ".repeat(1024 * 1024), 1000)),
                Arguments.of("many values", zipped("{\"version\":1,\"entries\":[0", ",{}", 5_000_000)),
                Arguments.of("many small entries", zipped("{\"version\":1,\"entries\":[0", ",{\"name\":1}", 80_000)),
                Arguments.of("deep lists", zipped("", "[", 8_000_000)),
                Arguments.of("one long text", zipped("{\"version\":1,\"entries\":[{\"name\":\"", "x", 15_000_000)),
                Arguments.of(
                        "an end too early", zipped("", "{\"version\":1}", 1).substring(0, 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void recordsOfANeighbour(String name, String base64) throws Exception {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("tq-videos-7")
                .endMetadata()
                .addToBinaryData(RecordContent.GZIP_KEY, base64)
                .build();
        measure(() -> RecordContent.read(map));
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("a body without an end", 200, body("x", Integer.MAX_VALUE)),
                Arguments.of("an error without an end", 500, body("x", Integer.MAX_VALUE)),
                Arguments.of("YAML in an error", 500, body(UserYamlTest.bomb(9), 1)),
                Arguments.of("deep JSON in an error", 500, body("{\"message\":", 5_000)),
                Arguments.of("a listing of deep lists", 200, body(JSON_LIST, "[", 1_000_000)),
                Arguments.of("a listing with a name without an end", 200, body(JSON_LIST + "\"", "x", 20_000_000)),
                Arguments.of("a listing of very many names", 200, names("")),
                Arguments.of("a listing of names with two bytes for each character", 200, names("€" + "x".repeat(40))),
                Arguments.of("a listing of one name", 200, body(JSON_LIST + "\"a\"", ",\"a\"", 1_000_000)),
                Arguments.of("a continue without an end", 200, body("{\"continue\":\"", "y", 20_000_000)),
                Arguments.of("a field's name without an end", 200, body("{\"", "k", 20_000_000)),
                Arguments.of("very many fields", 200, fields("{\"kind\":\"ItemList\"")),
                Arguments.of("very many fields in one", 200, fields("{\"x\":{\"a\":0")),
                Arguments.of("a field without an end", 200, body("{\"kind\":\"ItemList\",\"x\":\"", "y", 20_000_000)),
                Arguments.of("a number without an end", 200, body("{\"kind\":", "9", 20_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersOfASource(String name, int status, Body body) throws Exception {
        answer(status, body, source -> source.list(Listing.NONE));
    }

    static Stream<Arguments> items() {
        String data = "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":";
        return Stream.of(
                Arguments.of("deep lists", body(data, "[", 1_000_000)),
                Arguments.of("deep maps", body(data, "{\"a\":", 1_000_000)),
                Arguments.of("very many fields", fields(data + "{\"a\":0")),
                Arguments.of("a field's name without an end", body(data + "{\"", "k", 20_000_000)),
                Arguments.of("a text without an end", body(data + "\"", "y", 20_000_000)),
                Arguments.of("a number without an end", body(data, "9", 20_000_000)),
                Arguments.of("a number outside of the data", body("{\"x\":", "9", 20_000_000)),
                Arguments.of("nothing without an end", body("{", " ", 20_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("items")
    void itemsOfASource(String name, Body body) throws Exception {
        answer(200, body, source -> source.data("a"));
    }

    /** Asks a source. */
    interface Question {
        Object ask(HttpSource source) throws Exception;
    }

    private static void answer(int status, Body body, Question question) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, 0);
                body.write(exchange.getResponseBody());
            } catch (IOException readerHasEnough) {
                // as it should
            }
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withMasterUrl(url).build())
                .build()) {
            HttpSourceSettings settings = HttpSourceSettings.of(url).withListBytes(8L * 1024 * 1024);
            var proxy = ApiServerProxy.pod(client, "media", "pod", 8080, () -> "");
            for (var source :
                    new HttpSource[] {new HttpSource(proxy, settings, Clock.systemUTC()), HttpSource.over(settings)}) {
                measure(() -> question.ask(source));
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static Body body(String part, int times) {
        return body("", part, times);
    }

    private static Body body(String begin, String part, int times) {
        return out -> {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            int together = Math.max(1, Math.min(times, 8_192 / part.length()));
            byte[] bytes = part.repeat(together).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times / together; i++) {
                out.write(bytes);
            }
        };
    }

    /** Names that are all different, for as long as they are read. */
    private static Body names(String prefix) {
        return numbered(JSON_LIST + "\"a\"", ",\"" + prefix, "\"");
    }

    private static Body fields(String begin) {
        return numbered(begin, ",\"", "\":0");
    }

    private static Body numbered(String begin, String before, String after) {
        return out -> {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            var text = new StringBuilder();
            for (int i = 0; i < 20_000_000; i++) {
                text.append(before)
                        .append(Integer.toString(i, 36).toUpperCase(Locale.ROOT))
                        .append(after);
                if (text.length() > 8_192) {
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            }
        };
    }

    private static String zipped(String begin, String part, int times) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            body(begin, part, times).write(gzip);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void measure(Reader reader) {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long bytes = bean.getThreadAllocatedBytes(id);
        long nanos = bean.getCurrentThreadCpuTime();
        Throwable refusal = null;
        try {
            reader.read();
        } catch (Exception | Error e) {
            refusal = e;
        }
        assertThat(refusal).isNotNull().isNotInstanceOf(Error.class);
        assertThat(refusal.getMessage()).isNotBlank();
        assertThat(refusal.getMessage().length()).isLessThan(2_000);
        assertThat(bean.getThreadAllocatedBytes(id) - bytes).isLessThan(MOST_BYTES);
        assertThat(bean.getCurrentThreadCpuTime() - nanos).isLessThan(MOST_NANOS);
    }
}
