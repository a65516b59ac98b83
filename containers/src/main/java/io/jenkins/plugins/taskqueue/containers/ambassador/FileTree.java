package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The names of the files below a directory, sorted, or an exception: never some of them. */
final class FileTree extends SimpleFileVisitor<Path> {
    private final Path root;
    private final FileNames fileNames;
    private final FileRule rule;
    private final List<String> names = new ArrayList<>();
    private final List<Path> unnamed = new ArrayList<>();
    private final List<Path> outside = new ArrayList<>();

    /** @param root a real path */
    FileTree(Path root, FileRule rule) throws IOException {
        this.root = root;
        this.rule = rule;
        this.fileNames = new FileNames(root);
        Files.walkFileTree(root, this);
        Collections.sort(names);
    }

    List<String> names() {
        return names;
    }

    /** What was left out though it may have been meant, as sentences. */
    List<String> omissions() {
        List<String> sentences = new ArrayList<>();
        if (!unnamed.isEmpty()) {
            sentences.add("Files under " + root
                    + " are not listed because their names are not UTF-8 or have more than 1,024" + " characters: "
                    + unnamed.size() + ", such as " + unnamed.get(0).toUri() + ". Rename them.");
        }
        if (!outside.isEmpty()) {
            sentences.add(
                    "Symbolic links under " + root + " that lead out of it, to a directory or nowhere are not listed: "
                            + outside.size() + ", such as " + outside.get(0).toUri() + ".");
        }
        return sentences;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return mayHoldItems(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    private boolean mayHoldItems(Path directory) {
        if (directory.equals(root)) {
            return true;
        }
        // What lies below a name that is none is not listed, but told.
        return !rule.hides(directory.getFileName())
                && fileNames.name(directory).map(rule::enters).orElse(true);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (rule.hides(file.getFileName())) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink() && !FileRule.staysInside(root, file)) {
            if (fileNames.name(file).map(rule::wantsHere).orElse(true)) {
                outside.add(file);
            }
        } else if (attributes.isSymbolicLink() || attributes.isRegularFile()) {
            fileNames.name(file).ifPresentOrElse(this::add, () -> unnamed.add(file));
        }
        return FileVisitResult.CONTINUE;
    }

    /**
     * What was removed while this walked is rightly not listed, and so is what would not be listed if it could be read.
     * Whatever else can't be read makes the listing false.
     */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        boolean gone = e instanceof NoSuchFileException && !file.equals(root);
        if (gone || !mayHoldItems(file) && !mayBeItem(file)) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private boolean mayBeItem(Path file) {
        return !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                && fileNames.name(file).map(rule::wantsHere).orElse(false);
    }

    private void add(String name) {
        if (rule.wantsHere(name)) {
            names.add(name);
        }
    }
}
