package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/** Opens a file below a folder by a path without links: one that somebody puts there meanwhile is not followed either. */
final class LinkFree {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private LinkFree() {}

    /** @param real a file below the folder, without links */
    static InputStream open(Path folder, Path real) throws IOException {
        if (!real.startsWith(folder) || real.equals(folder)) {
            throw new NoSuchFileException(real.toString(), null, "it is not below " + folder);
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            return stream instanceof SecureDirectoryStream<Path> secure
                    ? open(secure, folder.relativize(real))
                    : Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static InputStream open(SecureDirectoryStream<Path> folder, Path rest) throws IOException {
        Path first = rest.getName(0);
        if (rest.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
                return open(inner, rest.subpath(1, rest.getNameCount()));
            }
        }
        // Else one that waits for a writer would be waited for.
        boolean isFile = folder.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isRegularFile();
        if (!isFile) {
            throw new NoSuchFileException(rest.toString(), null, "it is no file");
        }
        return Channels.newInputStream(folder.newByteChannel(first, READ));
    }
}
