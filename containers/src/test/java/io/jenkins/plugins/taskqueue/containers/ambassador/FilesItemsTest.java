package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesItemsTest {
    private static final int ALL = 1000;

    @TempDir
    private Path directory;

    private Path file(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "12345");
    }

    private List<String> listed(String glob) throws ItemsException {
        return new FilesItems(directory, glob, List.of()).list("", ALL).names();
    }

    @Test
    void filesAreListedByTheirPathsInOrder() throws Exception {
        file("b.mp4");
        file("a/z.mp4");
        file("a/B c.mp4");

        assertThat(listed("**")).containsExactly("a/B c.mp4", "a/z.mp4", "b.mp4");
    }

    @Test
    void dataIsPathSizeAndTime() throws Exception {
        var file = file("a/\"1\".mp4");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));

        assertThat(new FilesItems(directory, "**", List.of()).data("a/\"1\".mp4"))
                .hasValue("{\"path\":\"a/\\\"1\\\".mp4\",\"size\":5,\"modified\":\"2026-01-02T03:04:05Z\"}");
    }

    @Test
    void onlyFilesOfThePatternAreItems() throws Exception {
        file("a.mp4");
        file("x/b.mp4");
        file("c.txt");

        assertThat(listed("**/*.mp4")).containsExactly("a.mp4", "x/b.mp4");
        assertThat(new FilesItems(directory, "**/*.mp4", List.of()).data("c.txt"))
                .isEmpty();
    }

    @Test
    void hiddenFilesAndPartsAreNoItems() throws Exception {
        file(".DS_Store");
        file(".trash/a.mp4");
        file("b.mp4.part");
        file("c.part/d.mp4");

        assertThat(listed("**")).isEmpty();
        assertThat(new FilesItems(directory, "**", List.of()).data(".trash/a.mp4"))
                .isEmpty();
        assertThat(new FilesItems(directory, "**", List.of()).data("b.mp4.part"))
                .isEmpty();
    }

    @Test
    void nothingOutsideOfTheDirectoryIsTold(@TempDir Path outside) throws Exception {
        var secret = Files.writeString(outside.resolve("secret"), "x");
        var items = new FilesItems(Files.createDirectories(directory.resolve("dir")), "**", List.of());
        Files.writeString(directory.resolve("beside"), "x");
        Files.createSymbolicLink(directory.resolve("dir/link"), secret);
        Files.createSymbolicLink(directory.resolve("dir/folder"), outside);
        Files.createSymbolicLink(directory.resolve("dir/up"), Path.of("../beside"));

        assertThat(items.list("", ALL).names()).isEmpty();
        for (var name : List.of(
                "link",
                "folder/secret",
                "up",
                "../beside",
                "x/../../beside",
                "..",
                ".",
                "",
                "/",
                "/etc/passwd",
                secret.toString(),
                "./beside",
                "folder",
                "a\0b",
                "x".repeat(300),
                "x/".repeat(500) + "y")) {
            assertThat(items.data(name)).as(name).isEmpty();
        }
    }

    @Test
    void linkToAFileInsideIsAnItemAndOtherLinksAreNot() throws Exception {
        file("a/1.mp4");
        Files.createSymbolicLink(directory.resolve("2.mp4"), Path.of("a/1.mp4"));
        Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));
        Files.createSymbolicLink(directory.resolve("nowhere"), Path.of("nothing"));
        var items = new FilesItems(directory, "**", List.of());

        assertThat(items.list("", ALL).names()).containsExactly("2.mp4", "a/1.mp4");
        assertThat(items.data("2.mp4"))
                .hasValueSatisfying(data -> assertThat(data).contains("\"size\":5"));
        assertThat(items.data("b/1.mp4")).isEmpty();
        assertThat(items.data("circle")).isEmpty();
    }

    @Test
    void directoriesAndFilesUsedAsDirectoriesAreNoItems() throws Exception {
        file("a/1.mp4");
        var items = new FilesItems(directory, "**", List.of());

        assertThat(items.data("a")).isEmpty();
        assertThat(items.data("a/1.mp4/x")).isEmpty();
        assertThat(items.data("a/1.mp4/x/y")).isEmpty();
    }

    @Test
    void pagesGoOnAfterTheLastNameWhateverComesAndGoes() throws Exception {
        for (var name : List.of("a", "b", "c", "d", "e")) {
            file(name);
        }
        var items = new FilesItems(directory, "**", List.of());
        var first = items.list("", 2);
        Files.delete(directory.resolve("b"));
        file("0");
        var second = items.list(first.next(), 2);
        var third = items.list(second.next(), 2);

        assertThat(first.names()).containsExactly("a", "b");
        assertThat(second.names()).containsExactly("c", "d");
        assertThat(third.names()).containsExactly("e");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void lastFullPageHasNoNext() throws Exception {
        file("a");
        file("b");

        assertThat(new FilesItems(directory, "**", List.of()).list("", 2).next())
                .isEmpty();
    }

    @Test
    void tokenOfSomebodyElseIsRefused() {
        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> new FilesItems(directory, "**", List.of()).list("$$$", 2))
                .withMessageContaining("begin again");
    }

    @Test
    void missingDirectoryIsRefusedAtTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilesItems(directory.resolve("nothing"), "**", List.of()))
                .withMessageContaining("nothing is not a directory");
    }

    @Test
    void vanishedDirectoryIsNotAnEmptyOne() throws Exception {
        var drive = Files.createDirectory(directory.resolve("drive"));
        var items = new FilesItems(drive, "**", List.of());
        Files.delete(drive);

        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> items.list("", ALL))
                .withMessageContaining(drive + " does not exist");
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> items.data("a"));
    }

    @Test
    void emptyDirectoryInPlaceOfAFilledOneIsALostDrive() throws Exception {
        file("drive/a");
        var drive = directory.resolve("drive");
        var items = new FilesItems(drive, "**", List.of());
        items.list("", ALL);
        Files.move(drive, directory.resolve("elsewhere"));
        Files.createDirectory(drive);

        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> items.list("", ALL))
                .withMessageContaining("mount the drive again");
    }

    @Test
    void emptiedDirectoryIsEmpty() throws Exception {
        var file = file("a");
        var items = new FilesItems(directory, "**", List.of());
        items.list("", ALL);
        Files.delete(file);

        assertThat(items.list("", ALL).names()).isEmpty();
    }
}
