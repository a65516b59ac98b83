package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are looked into, and what is said of those that can't be. */
class LeftOutFilesTest {
    private static final int ALL = 1000;

    @TempDir
    private Path directory;

    private Path file(String name) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "12345");
    }

    private List<String> listed(String glob, String... exclude) throws ItemsException {
        return new FilesItems(directory, glob, List.of(exclude)).list("", ALL).names();
    }

    @Test
    void whatIsExcludedIsNoItemAndAFolderIsSoWithAllInIt() throws Exception {
        file("a.mp4");
        file("tmp/a.mp4");
        file("x/tmp/y/b.mp4");
        file("x/c.mp4");
        file("x/c.bak");

        assertThat(listed("**", "tmp", "**/*.bak")).containsExactly("a.mp4", "x/c.mp4", "x/tmp/y/b.mp4");
        assertThat(listed("**", "**/tmp/**", "x/*.*")).containsExactly("a.mp4");
        assertThat(listed("**", "x/", "tmp/*")).containsExactly("a.mp4");
        var items = new FilesItems(directory, "**", List.of("**/tmp", "*.mp4"));
        assertThat(items.list("", ALL).names()).containsExactly("x/c.bak", "x/c.mp4");
        assertThat(items.data("x/tmp/y/b.mp4")).isEmpty();
        assertThat(items.data("a.mp4")).isEmpty();
        assertThat(items.data("x/c.mp4")).isPresent();
    }

    @Test
    void folderOfTheFileSystemAtTheRootIsPassedOver() throws Exception {
        file("lost+found/a");
        file("x/lost+found/a");

        assertThat(listed("**")).containsExactly("x/lost+found/a");
        assertThat(listed("lost+found/a")).isEmpty();
        assertThat(new FilesItems(directory, "**", List.of()).data("lost+found/a"))
                .isEmpty();
    }

    @Test
    void whatCanNotBeReadCountsOnlyWhereItCouldHoldItems() throws Exception {
        var root = directory.toRealPath();
        var tree = new FileTree(root, new FileRule(new Glob("{x,y}/*.mp4"), List.of(new Glob("**/private/**"))));
        Files.createDirectories(root.resolve("x/private"));
        Files.createDirectories(root.resolve("x/folder.mp4"));

        for (var closed : List.of(
                "lost+found", "other", "x/deep", "x/private", "x/folder.mp4", "y/private", ".hidden", "a.mp4")) {
            var path = root.resolve(closed);
            assertThat(tree.visitFileFailed(path, new AccessDeniedException(path.toString())))
                    .as(closed)
                    .isEqualTo(FileVisitResult.CONTINUE);
        }
        for (var closed : List.of("", "x", "y", "x/a.mp4")) {
            var path = root.resolve(closed);
            assertThatExceptionOfType(AccessDeniedException.class)
                    .as(closed)
                    .isThrownBy(() -> tree.visitFileFailed(path, new AccessDeniedException(path.toString())));
        }
    }

    @Test
    void folderThatIsClosedIsNamedAndSoIsTheOptionThatLeavesItOut() throws Exception {
        var root = directory.toRealPath();

        assertThat(FilesItems.denied(
                        root, new AccessDeniedException(root.resolve("x/[1]").toString())))
                .hasMessage(root + " can't be read completely: \"x/[1]\" in it is closed to this process. Let the"
                        + " ambassador's user read it, or leave it out with the ambassador's option --exclude"
                        + " \"x/\\[1]\".");
    }

    @Test
    void directoryThatCannotBeReadMakesNoListing() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
        file("a");
        file("b/c");
        Files.setPosixFilePermissions(directory.resolve("b"), PosixFilePermissions.fromString("---------"));

        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> listed("**"))
                .withMessageContaining("--exclude \"b\"");
        assertThat(listed("**", "b")).containsExactly("a");
        assertThat(listed("*")).containsExactly("a");
        Files.setPosixFilePermissions(directory.resolve("b"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void directoryThatIsTooDeepToBeReadMakesNoListingButWhereItIsLeftOut() throws Exception {
        // Root may read every directory, but nobody one whose path is longer than the system takes.
        file("a.mp4");
        var segment = "d".repeat(250);
        var top = Files.createDirectory(directory.resolve("0" + segment));
        for (int i = 0; i < 18; i++) {
            var above = Files.createDirectory(directory.resolve("above"));
            Files.move(top, above.resolve(segment));
            Files.move(above, top);
        }
        try {
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> listed("**"))
                    .withMessageContaining("can't be read completely");
            assertThat(listed("**", "0d*")).containsExactly("a.mp4");
            assertThat(listed("*.mp4")).containsExactly("a.mp4");
        } finally {
            for (int i = 0; i < 18; i++) {
                var inner = Files.move(top.resolve(segment), directory.resolve("inner"));
                Files.delete(top);
                Files.move(inner, top);
            }
        }
    }
}
