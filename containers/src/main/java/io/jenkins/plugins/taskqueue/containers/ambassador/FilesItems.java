package io.jenkins.plugins.taskqueue.containers.ambassador;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files below a directory, such as a network drive. A name is the path from there, with slashes; the data is that path, the
 * size in bytes and the time of the last change. Nothing outside of the directory is listed or told of.
 */
public final class FilesItems implements Items {
    private static final Logger LOG = LoggerFactory.getLogger(FilesItems.class);

    private final Path directory;
    private final FileRule rule;
    private volatile Object filled;
    private volatile List<String> omissions = List.of();

    /**
     * @param exclude patterns of files and folders that are left out, a folder with all that is in it
     * @throws IllegalArgumentException with a sentence, where there is no such directory or a pattern makes no sense
     */
    public FilesItems(Path directory, String glob, List<String> exclude) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    directory + " is not a directory: give the directory whose files are the items.");
        }
        this.directory = directory.toAbsolutePath().normalize();
        this.rule = new FileRule(new Glob(glob), exclude.stream().map(Glob::new).toList());
    }

    @Override
    public Page list(String token, int limit) throws ItemsException {
        return Pages.of(names(), Comparator.naturalOrder(), token, limit);
    }

    @Override
    public Optional<String> data(String name) throws ItemsException {
        var root = root();
        var path = new FileNames(root).path(name);
        if (path.isEmpty() || !rule.wants(name)) {
            return Optional.empty();
        }
        try {
            return attributes(root, path.get()).map(file -> json(name, file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    private List<String> names() throws ItemsException {
        var root = root();
        try {
            var tree = new FileTree(root, rule);
            guardAgainstLostDrive(root, tree.names().isEmpty());
            warn(tree.omissions());
            return tree.names();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    private Path root() throws ItemsException {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** An unmounted drive leaves an empty directory, another one, where the files were: not a queue that is done. */
    private void guardAgainstLostDrive(Path root, boolean empty) throws IOException, ItemsException {
        var key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        if (!empty) {
            filled = key;
        } else if (filled != null && !filled.equals(key)) {
            throw ItemsException.unavailable(
                    directory
                            + " is empty and no longer the directory that had files: mount the drive again, or restart"
                            + " the ambassador if this is meant.",
                    null);
        }
    }

    /** Each once, not at every poll. */
    private void warn(List<String> sentences) {
        if (!sentences.equals(omissions)) {
            omissions = sentences;
            for (var sentence : sentences) {
                LOG.warn(sentence);
            }
        }
    }

    /** Of what would be listed under this path; empty where nothing would be. */
    private static Optional<BasicFileAttributes> attributes(Path root, Path path) throws IOException {
        try {
            if (!path.getParent().toRealPath().equals(path.getParent())) {
                return Optional.empty();
            }
            var own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                return FileRule.staysInside(root, path)
                        ? Optional.of(Files.readAttributes(path, BasicFileAttributes.class))
                        : Optional.empty();
            }
            return own.isRegularFile() ? Optional.of(own) : Optional.empty();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // "Not a directory": the name goes through a file.
            for (var above = path.getParent(); above.startsWith(root); above = above.getParent()) {
                if (Files.isRegularFile(above)) {
                    return Optional.empty();
                }
            }
            throw e;
        }
    }

    private static String json(String name, BasicFileAttributes file) {
        return "{\"path\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\",\"size\":"
                + file.size() + ",\"modified\":\"" + file.lastModifiedTime().toInstant() + "\"}";
    }

    private ItemsException unreadable(IOException e) {
        var fact = e instanceof NoSuchFileException
                ? "does not exist: is the drive mounted?"
                : "can't be read completely (" + e + "): look at the drive and at the rights of this process.";
        return ItemsException.unavailable(directory + " " + fact, e);
    }

    private ItemsException unreadable(Path root, IOException e) {
        boolean inside = e instanceof AccessDeniedException denied
                && !Path.of(denied.getFile()).equals(root);
        return inside ? denied(root, (AccessDeniedException) e) : unreadable(e);
    }

    /** One file or folder that this process may not read: the user may not want to know of it either. */
    static ItemsException denied(Path root, AccessDeniedException e) {
        var name = new FileNames(root).name(Path.of(e.getFile())).orElse(e.getFile());
        return ItemsException.unavailable(
                root + " can't be read completely: \"" + name
                        + "\" in it is closed to this process. Let the ambassador's"
                        + " user read it, or leave it out with the ambassador's option --exclude \""
                        + Glob.literal(name) + "\".",
                e);
    }
}
