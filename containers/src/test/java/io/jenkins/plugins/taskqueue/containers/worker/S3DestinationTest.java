package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.containers.s3.FakeS3;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3DestinationTest {
    private static final String ITEM = "2026/ä b.jpg";
    private static final String FOLDER = "out/2026%2F%C3%A4%20b.jpg/";
    private static final String MANIFEST = FOLDER + Manifest.NAME;

    @TempDir
    private Path outputs;

    private FakeS3 store;
    private S3Destination destination;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(outputs.resolve("ä.png"), "png");
        Files.createDirectory(outputs.resolve("sub"));
        Files.writeString(outputs.resolve("sub/b.txt"), "text");
        store = new FakeS3("out/other");
        destination = new S3Destination(
                StoreOptions.of("--endpoint", store.endpoint(), "--anonymous"), S3Location.of("s3://b/out"));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private String store() throws Exception {
        return destination.store(new Manifest(ITEM, OutputFile.below(outputs)));
    }

    @Test
    void anItemsFilesAreBelowAPrefixOfItsOwnAndTheManifestComesLast() throws Exception {
        assertThat(store()).isEqualTo("s3://b/" + FOLDER);

        assertThat(store.changes)
                .containsExactly("PUT " + FOLDER + "sub/b.txt", "PUT " + FOLDER + "ä.png", "PUT " + MANIFEST);
        assertThat(store.objects.get(FOLDER + "ä.png")).asString().isEqualTo("png");
        var json = new ObjectMapper().readTree(store.objects.get(MANIFEST));
        assertThat(json.path("item").textValue()).isEqualTo(ITEM);
        assertThat(json.at("/files/0/name").textValue()).isEqualTo("sub/b.txt");
    }

    @Test
    void anEarlierAttemptsOutputIsNoneBeforeTheFirstChange() throws Exception {
        store();
        Files.delete(outputs.resolve("ä.png"));
        store.changes.clear();

        store();

        assertThat(store.changes)
                .containsExactly(
                        "DELETE " + MANIFEST,
                        "PUT " + FOLDER + "sub/b.txt",
                        "DELETE " + FOLDER + "ä.png",
                        "PUT " + MANIFEST);
        assertThat(store.objects).containsOnlyKeys("out/other", FOLDER + "sub/b.txt", MANIFEST);
    }

    @Test
    void whatCanNotBeStoredWholeIsNotThereAtAll() throws Exception {
        store();
        store.refuse(FOLDER + "ä.png");

        assertThatThrownBy(this::store)
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("denies access to s3://b/" + FOLDER + "ä.png (AccessDenied)")
                .hasMessageContaining("s3:PutObject");
        assertThat(store.objects).containsOnlyKeys("out/other");
    }

    @Test
    void aFileThatChangesMeanwhileIsRefusedByItsChecksum() throws Exception {
        var manifest = new Manifest(ITEM, OutputFile.below(outputs));
        Files.writeString(outputs.resolve("sub/b.txt"), "other");

        assertThatThrownBy(() -> destination.store(manifest))
                .hasMessageContaining("sub/b.txt did not reach")
                .hasMessageContaining("BadDigest");
        assertThat(store.objects).containsOnlyKeys("out/other");
    }

    @Test
    void aStoreThatKnowsNoChecksumsIsReadAgain() throws Exception {
        store.ignoreChecksums();
        assertThat(store()).isEqualTo("s3://b/" + FOLDER);

        store.damage();
        assertThatThrownBy(this::store).hasMessageContaining("sub/b.txt has another checksum than what was sent");
        assertThat(store.objects).containsOnlyKeys("out/other");
    }

    @Test
    void whatNoStoreTakesIsASentenceBeforeAnythingIsChanged() {
        var file = outputs.resolve("ä.png");
        var longName = new OutputFile("x".repeat(1000), file, 3, "00");
        var large = new OutputFile("large", file, S3Destination.MOST_BYTES + 1, "00");

        assertThatThrownBy(() -> destination.store(new Manifest(ITEM, List.of(longName))))
                .hasMessageContaining("more than 1024 bytes");
        assertThatThrownBy(() -> destination.store(new Manifest(ITEM, List.of(large))))
                .hasMessageContaining("split it");
        assertThat(store.changes).isEmpty();
    }
}
