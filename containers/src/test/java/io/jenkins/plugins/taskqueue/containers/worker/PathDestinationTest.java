package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathDestinationTest {
    private static final String ITEM = "2026/a b.jpg";
    private static final String FOLDER = "2026%2Fa%20b.jpg";

    @TempDir
    private Path directory;

    private Path outputs;
    private Path store;

    @BeforeEach
    void directories() throws IOException {
        outputs = Files.createDirectories(directory.resolve("outputs/sub")).getParent();
        store = Files.createDirectory(directory.resolve("store"));
        Files.writeString(outputs.resolve("a.png"), "png");
        Files.writeString(outputs.resolve("sub/b.txt"), "text");
    }

    @Test
    void anItemsFilesAreInAFolderOfItsOwnWithAManifest() throws Exception {
        Manifest manifest = new Manifest(ITEM, OutputFile.below(outputs));

        String to = new PathDestination(store).store(manifest);

        assertThat(to).isEqualTo(store.resolve(FOLDER).toString());
        assertThat(files()).containsExactly(FOLDER + "/" + Manifest.NAME, FOLDER + "/a.png", FOLDER + "/sub/b.txt");
        JsonNode json = new ObjectMapper()
                .readTree(store.resolve(FOLDER).resolve(Manifest.NAME).toFile());
        assertThat(json.path("item").textValue()).isEqualTo(ITEM);
        assertThat(json.at("/files/1/name").textValue()).isEqualTo("sub/b.txt");
        assertThat(json.at("/files/1/bytes").intValue()).isEqualTo(4);
        assertThat(json.at("/files/0/sha256").textValue()).isEqualTo(Checksum.of(outputs.resolve("a.png")));
        assertThat(manifest.result(to)).startsWith("{\"files\":2,\"bytes\":7,");
    }

    @Test
    void anEarlierAttemptsOutputIsReplacedAsAWhole() throws Exception {
        PathDestination destination = new PathDestination(store);
        destination.store(new Manifest(ITEM, OutputFile.below(outputs)));
        Files.createDirectories(store.resolve(".part-" + FOLDER + "/left"));
        Files.delete(outputs.resolve("a.png"));

        destination.store(new Manifest(ITEM, OutputFile.below(outputs)));

        assertThat(files()).containsExactly(FOLDER + "/" + Manifest.NAME, FOLDER + "/sub/b.txt");
    }

    @Test
    void aFileThatChangesMeanwhileFailsItAndLeavesWhatWasThere() throws Exception {
        PathDestination destination = new PathDestination(store);
        destination.store(new Manifest(ITEM, OutputFile.below(outputs)));
        List<String> before = files();
        Manifest changed = new Manifest(ITEM, OutputFile.below(outputs));
        Files.writeString(outputs.resolve("sub/b.txt"), "later");

        assertThatThrownBy(() -> destination.store(changed)).hasMessageContaining("has another checksum");
        assertThat(Files.readString(store.resolve(FOLDER).resolve("sub/b.txt"))).isEqualTo("text");
        assertThat(files()).filteredOn(name -> !name.startsWith(".part-")).isEqualTo(before);
    }

    @Test
    void namesThatMeanSomethingToAFileSystemDoNot() {
        assertThat(Destination.folder("..")).isEqualTo("%2E%2E");
        assertThat(Destination.folder(".part-x")).isEqualTo("%2Epart-x");
        assertThat(Destination.folder("a/b")).isEqualTo("a%2Fb");
        assertThat(Destination.folder("x".repeat(1000))).hasSize(Destination.LONGEST_FOLDER);
        assertThat(Destination.folder("x".repeat(1000))).isNotEqualTo(Destination.folder("x".repeat(1001)));
    }

    @Test
    void whatCanNotBeStoredIsASentence() throws Exception {
        assertThatThrownBy(() -> OutputFile.below(store)).hasMessageStartingWith("There is nothing to store");
        assertThatThrownBy(() -> new PathDestination(directory.resolve("none"))
                        .store(new Manifest(ITEM, OutputFile.below(outputs))))
                .hasMessageContaining("Is the volume mounted?");
        Files.createSymbolicLink(outputs.resolve("link"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> OutputFile.below(outputs)).hasMessageContaining("link in OUTPUT_DIR is a link");
    }

    private List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.walk(store)) {
            all.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(path -> names.add(store.relativize(path).toString()));
        }
        return names;
    }
}
