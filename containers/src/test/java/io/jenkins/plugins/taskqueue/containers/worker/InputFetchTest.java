package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.containers.s3.FakeS3;
import io.jenkins.plugins.taskqueue.containers.s3.StoreOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFetchTest {
    private static final byte[] PICTURE = "picture".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private HttpServer server;
    private String url;
    private Path input;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in/a.jpg", exchange -> answer(exchange, 200, PICTURE.length));
        server.createContext("/in/cut.jpg", exchange -> answer(exchange, 200, 100));
        server.createContext("/in/moved.jpg", exchange -> {
            exchange.getResponseHeaders().add("Location", "/in/a.jpg");
            answer(exchange, 302, PICTURE.length);
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
        input = directory.resolve("work/input");
    }

    private static void answer(HttpExchange exchange, int status, long promised) throws IOException {
        exchange.sendResponseHeaders(status, promised);
        exchange.getResponseBody().write(PICTURE);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anInputIsFetchedOverHttpAndFromAPath() throws Exception {
        fetch("", "{\"url\": \"" + url + "/a.jpg\"}");
        assertThat(input).hasBinaryContent(PICTURE);

        Files.writeString(directory.resolve("b.jpg"), "other");
        fetch(directory.toString(), "{\"path\": \"b.jpg\"}");
        assertThat(input).hasContent("other");
    }

    @Test
    void aRedirectionIsFollowedOnlyWhereInputsMayBeAnywhere() throws Exception {
        fetch("", "{\"url\": \"" + url + "/moved.jpg\"}");
        assertThat(input).hasBinaryContent(PICTURE);

        assertThatThrownBy(() -> fetch(url, "{\"path\": \"moved.jpg\"}"))
                .hasMessageEndingWith("its server answered 302.");
    }

    /** A presigned URL is a key: who has it may read what it signs. */
    @Test
    void noQueryOfAUrlIsShown() {
        String signed = "/cut.jpg?X-Amz-Signature=5ecret";
        for (String data : new String[] {
            url + signed,
            url + "/none.jpg?X-Amz-Signature=5ecret#5ecret",
            url + "/a.jpg?X-Amz-Signature=5ecret\", \"sha256\": \"00",
            "http://127.0.0.1:1/a?X-Amz-Signature=5ecret",
            "http://user:5ecret@127.0.0.1:1/a",
            "http://[bad?X-Amz-Signature=5ecret",
            "HTTPS://h/a?X-Amz-Signature=5ecret"
        }) {
            assertThatThrownBy(() -> fetch("", "{\"url\": \"" + data + "\"}"))
                    .isInstanceOf(WorkerException.class)
                    .hasMessageNotContaining("5ecret");
        }
        assertThatThrownBy(() -> fetch("http://other/?5ecret", "{\"url\": \"" + url + signed + "\"}"))
                .hasMessageContaining("is not below http://other/")
                .hasMessageNotContaining("5ecret");
    }

    @Test
    void nothingIsReadBeforeSomebodySaidWhere() {
        assertThatThrownBy(() -> new InputOptions().fetch(StoreOptions.of()))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("Say with --from");
    }

    /** What was looked at is what is opened, though somebody changes it in between. */
    @Test
    void aLinkThatIsPutThereMeanwhileIsNotFollowed() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret");
        Path in = Files.createDirectories(directory.resolve("in/sub"));
        Files.createSymbolicLink(in.resolve("late"), secret);
        Files.createSymbolicLink(in.resolveSibling("folder"), directory);

        for (String path : new String[] {"in/sub/late", "in/folder/secret", "in/sub", "secret"}) {
            assertThatThrownBy(() -> LinkFree.open(directory.resolve("in"), directory.resolve(path)))
                    .as(path)
                    .isInstanceOf(IOException.class);
        }
        var fetch = new InputFetch(in.getParent().toString(), null);
        assertThatThrownBy(() -> fetch.open(new InputLocation(in.resolve("late").toString())))
                .isInstanceOf(IOException.class);
        Files.writeString(in.resolve("good"), "good");
        try (var stream = LinkFree.open(directory.resolve("in"), in.resolve("good"))) {
            assertThat(stream.readAllBytes()).isEqualTo("good".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsNotWholeIsNoInput() {
        assertThatThrownBy(() -> fetch("", "{\"url\": \"" + url + "/cut.jpg\"}"))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("/cut.jpg could not be fetched");
        assertThatThrownBy(() -> fetch("", "{\"url\": \"" + url + "/none.jpg\"}"))
                .hasMessageEndingWith("its server answered 404.");
        assertThat(input).doesNotExist();
    }

    @Test
    void anObjectIsFetchedByItsKey() throws Exception {
        String[] options;
        try (var store = new FakeS3()) {
            options = new String[] {"--endpoint", store.endpoint(), "--anonymous"};
            store.objects.put("in/ä//b %2F.jpg", PICTURE);

            fetch("s3://b/in", "{\"bucket\": \"b\", \"key\": \"in/ä//b %2F.jpg\"}", options);
            assertThat(input).hasBinaryContent(PICTURE);
            Files.delete(input);

            assertThatThrownBy(() -> fetch("", "{\"url\": \"s3://b/none\"}", options))
                    .hasMessage("There is no object s3://b/none in " + store.endpoint() + ".");
            store.refuse(403, "AccessDenied");
            assertThatThrownBy(() -> fetch("", "{\"url\": \"s3://b/none\"}", options))
                    .hasMessageContaining("denies access to s3://b/none (AccessDenied)")
                    .hasMessageContaining("s3:GetObject");
            assertThat(input).doesNotExist();
        }
        assertThatThrownBy(() -> fetch("", "{\"url\": \"s3://b/none\"}", options))
                .hasMessageContaining("refused the connection");
    }

    @Test
    void aChecksumThatTheSourceToldIsCompared() throws Exception {
        Path file = Files.write(directory.resolve("a"), PICTURE);
        String good = Checksum.of(file);

        fetch("", "{\"path\": \"" + file + "\", \"sha256\": \"" + good + "\"}");
        assertThat(input).hasBinaryContent(PICTURE);
        Files.delete(input);

        assertThatThrownBy(() -> fetch("", "{\"path\": \"" + file + "\", \"sha256\": \"00\"}"))
                .hasMessageContaining("has the SHA-256 checksum " + good + " and not 00");
        assertThat(input).doesNotExist();
    }

    private void fetch(String from, String data, String... store) throws Exception {
        new InputFetch(from, StoreOptions.of(store))
                .fetch(new WorkItem("a", new ObjectMapper().readTree(data), null, null), input);
    }
}
