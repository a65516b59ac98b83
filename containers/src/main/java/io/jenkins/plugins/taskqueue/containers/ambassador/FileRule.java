package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which files are items: those that the pattern matches and that are neither hidden nor left out. Hidden are, with whatever
 * is below them, names that begin with a dot and names that end in {@code .part}: files that are still being copied have
 * such names (rsync, browsers, curl users), and an item must be complete when it is listed. Left out are, with whatever is
 * below them, names that one of the patterns of {@code exclude} matches; a folder also where it does so with a slash behind it.
 */
record FileRule(Glob glob, List<Glob> exclude) {
    private static final String PART = ".part";

    /** The file system's own folder at the root of every ext4 volume, which only root may read. */
    private static final String LOST_AND_FOUND = "lost+found";

    /** Whether the file of this name is an item, if there is one. */
    boolean wants(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (!enters(name.substring(0, slash))) {
                return false;
            }
        }
        return wantsHere(name);
    }

    /** The same of a file whose folders have been entered. */
    boolean wantsHere(String name) {
        return !hides(last(name)) && glob.matches(name) && !excludes(name);
    }

    /** Whether items may be directly or deeper in this folder, as far as its own name tells. */
    boolean enters(String folder) {
        return !hides(last(folder))
                && !folder.equals(LOST_AND_FOUND)
                && !excludes(folder)
                && !excludes(folder + "/")
                && glob.mayMatchBelow(folder);
    }

    boolean hides(Path name) {
        return hides(name.toString());
    }

    private boolean excludes(String name) {
        return exclude.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Whether a symbolic link leads to a regular file below the directory. */
    static boolean staysInside(Path root, Path link) throws IOException {
        try {
            var target = link.toRealPath();
            return target.startsWith(root) && Files.isRegularFile(target);
        } catch (FileSystemException e) {
            // It leads nowhere, in a circle, or where this process may not look.
            return false;
        }
    }

    private static boolean hides(String segment) {
        return segment.startsWith(".") || segment.endsWith(PART);
    }
}
