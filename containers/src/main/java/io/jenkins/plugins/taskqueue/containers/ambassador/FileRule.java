package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which files are items: those that the pattern matches and that are not hidden. Hidden are, with whatever is below
 * them, names that begin with a dot and names that end in {@code .part}: files that are still being copied have such names
 * (rsync, browsers, curl users), and an item must be complete when it is listed.
 */
record FileRule(Glob glob) {
    private static final String PART = ".part";

    boolean hides(Path name) {
        return hides(name.toString());
    }

    /** Whether the file of this name is an item, if there is one. */
    boolean wants(String name) {
        for (var segment : name.split("/")) {
            if (hides(segment)) {
                return false;
            }
        }
        return glob.matches(name);
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
