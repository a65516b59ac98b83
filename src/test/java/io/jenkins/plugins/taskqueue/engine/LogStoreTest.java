package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogStoreTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"a", "../../etc/passwd", "/", "🎬", "two\nlines", "with \r\n both", "CON", " "})
    void whatIsKeptIsReadWhateverTheItemIsCalled(String item) throws IOException {
        LogStore store = new LogStore(directory.resolve("logs"));
        store.keep(item, 3, 1, "first\nsecond\n");

        assertThat(store.read(item, 3, 1)).contains("first\nsecond\n");
        try (var files = Files.list(directory.resolve("logs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .matches("[a-z2-7]{26}-3-1\\.log");
        }
    }

    @Test
    void eachAttemptHasItsOwnLogAndTheLastWriteCounts() {
        LogStore store = new LogStore(directory);
        store.keep("a", 1, 0, "zero");
        store.keep("a", 1, 1, "one");
        store.keep("a", 1, 1, "one again");

        assertThat(store.read("a", 1, 0)).contains("zero");
        assertThat(store.read("a", 1, 1)).contains("one again");
        assertThat(store.read("a", 2, 0)).isEmpty();
        assertThat(store.read("b", 1, 0)).isEmpty();
    }

    @Test
    void itemsThatDifferOnlyInCaseHaveTheirOwnLogs() {
        LogStore store = new LogStore(directory);
        store.keep("video", 1, 0, "lower");
        store.keep("VIDEO", 1, 0, "upper");

        assertThat(store.read("video", 1, 0)).contains("lower");
        assertThat(store.read("VIDEO", 1, 0)).contains("upper");
    }

    @Test
    void aDirectoryThatCanNotBeWrittenGetsASentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new LogStore(file).keep("a", 1, 0, ""))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("The log of \"a\" could not be kept in " + file);
    }

    @Test
    void nothingIsMadeBeforeThereIsALog() {
        Path logs = directory.resolve("logs");

        assertThat(new LogStore(logs).read("a", 1, 0)).isEmpty();
        assertThat(logs).doesNotExist();
    }
}
