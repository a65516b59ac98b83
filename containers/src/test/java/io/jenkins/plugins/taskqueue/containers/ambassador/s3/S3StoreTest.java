package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.containers.ambassador.Glob;
import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.cli.CommandLineProcess;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Process;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The ambassador and a real store. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class S3StoreTest {
    private static final int FOLDERS = 100;
    private static final int FOLDER = 1000;

    /** This store keeps them as files: no part of one has more than 255 bytes, and none is empty or "..". */
    private static final String[] KEYS = {
        "a b/c d.mp4",
        "🎬/é.mp4",
        "50%.mp4",
        "%2F",
        "a+b",
        "?x=y&z#f",
        "\"q\"<&>'",
        "line\nbreak",
        (("x".repeat(199) + "/").repeat(5)) + "é",
    };

    @TempDir
    private Path directory;

    private S3Process store;

    @BeforeEach
    void start() throws Exception {
        store = new S3Process(directory);
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private S3Items items(String bucket, S3Client client) {
        return new S3Items(client, S3Location.of("s3://" + bucket), new Glob("**"), key -> "", "The store");
    }

    private S3Items items() {
        return items(S3Process.BUCKET, store.options().client());
    }

    /** The command, the store's credentials in its environment, a queue's requests, and a worker without credentials. */
    @Test
    void oddKeysComeFromTheStoreToTheWorkerByUrlsThatNeedNoCredentials() throws Exception {
        for (var key : KEYS) {
            store.put("in/" + key, "content of " + key);
        }
        try (var command = CommandLineProcess.start(
                S3Process.CREDENTIALS,
                "ambassador",
                "s3",
                "s3://videos/in",
                "--endpoint",
                store.endpoint(),
                "--presign",
                "1h",
                "--port",
                "0")) {
            var source = HttpSource.over(HttpSourceSettings.of(url(command)));

            assertThat(source.list(Listing.NONE).names()).containsExactlyInAnyOrder(KEYS);
            for (var key : KEYS) {
                var data = new ObjectMapper().readTree(source.data(key).orElseThrow());
                assertThat(data.path("key").textValue()).isEqualTo("in/" + key);
                var url = URI.create(data.path("url").textValue());
                var answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
                assertThat(answer.body()).as(key).isEqualTo("content of " + key);
            }
        }
    }

    private static String url(CommandLineProcess command) {
        var given = Pattern.compile("--source (\\S+) ");
        await().atMost(CommandLineProcess.LONG)
                .until(() -> given.matcher(command.output()).find());
        var matcher = given.matcher(command.output());
        return matcher.find() ? matcher.group(1) : "";
    }

    @Test
    void keysThatTheStoreChangesAreItemsAsItListsThem() throws Exception {
        store.put("a//b", "x");
        store.put("/c", "x");

        try (var items = items()) {
            var names = items.list("", 10).names();
            assertThat(names).hasSize(2);
            for (var name : names) {
                assertThat(items.data(name)).as(name).isPresent();
            }
        }
    }

    @Test
    void whatIsWrongIsASentence() throws Exception {
        store.put("a", "x");
        try (var items = items("none", store.options().client())) {
            assertThatThrownBy(() -> items.list("", 10)).hasMessageContaining("There is no bucket \"none\"");
            assertThatThrownBy(() -> items.data("a")).hasMessageContaining("There is no bucket \"none\"");
        }
        for (var client : List.of(store.client("nobody", "x"), store.client("somebody", "not her secret"))) {
            try (var items = items(S3Process.BUCKET, client)) {
                assertThatThrownBy(() -> items.list("", 10)).hasMessageContaining("does not accept the credentials");
                assertThatThrownBy(() -> items.data("a"))
                        .hasMessageMatching("(?s).*(does not accept the credentials|denies access).*");
            }
        }
        try (var items = items(S3Process.BUCKET, store.options("--anonymous").client())) {
            assertThatThrownBy(() -> items.list("", 10)).hasMessageContaining("denies access");
        }
    }

    @Test
    void aHundredThousandObjectsPassThroughOnePageAtATimeAndTheStoreMayGoMeanwhile() throws Exception {
        for (int folder = 0; folder < FOLDERS; folder++) {
            var path = Files.createDirectory(store.files().resolve("f%02d".formatted(folder)));
            for (int file = 0; file < FOLDER; file++) {
                Files.createFile(path.resolve("%03d".formatted(file)));
            }
        }
        var client = new CountedClient(store.options().client());
        try (var items = items(S3Process.BUCKET, client)) {
            List<String> names = new ArrayList<>();
            var page = new Items.Page(List.of(), "");
            do {
                int before = client.asked.size();
                page = items.list(page.next(), FOLDERS * FOLDER);
                assertThat(page.names()).hasSize(10_000);
                assertThat(client.asked.size() - before).isEqualTo(10);
                names.addAll(page.names());
                if (names.size() == 50_000) {
                    var next = page.next();
                    store.kill();
                    assertThatThrownBy(() -> items.list(next, 10)).hasMessageContaining("refused the connection");
                    client.asked.clear();
                    store.start();
                }
            } while (!page.next().isEmpty());

            assertThat(names).hasSize(FOLDERS * FOLDER).doesNotHaveDuplicates();
            assertThat(names.get(0)).isEqualTo("f00/000");
            assertThat(names.get(names.size() - 1)).isEqualTo("f99/999");
            assertThat(client.asked).allMatch(request -> request.maxKeys() == 1000);
        }
    }

    /** Notes the listings that were asked for, and that there is one at a time. */
    private static final class CountedClient extends DelegatingS3Client {
        final List<ListObjectsV2Request> asked = new ArrayList<>();
        private boolean busy;

        CountedClient(S3Client client) {
            super(client);
        }

        @Override
        protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
            assertThat(busy).isFalse();
            busy = true;
            if (request instanceof ListObjectsV2Request listing) {
                asked.add(listing);
            }
            try {
                return operation.apply(request);
            } finally {
                busy = false;
            }
        }
    }
}
