package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names of files below a directory as items' names, and back. Both ways go by URIs, which hold a file name's bytes:
 * {@link Path#toString} and {@link Path#of} depend on the locale, and in a container without one every name that is not
 * ASCII would be lost.
 */
final class FileNames {
    /** What most file systems take; a longer name can be nobody's. */
    private static final int MOST_BYTES = 255;

    private static final boolean UNICODE_LOCALE = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final char UNDECODABLE = '\ufffd';

    private final Path root;
    private final String rootPath;

    /** @param root a real path */
    FileNames(Path root) {
        this.root = root;
        var path = root.toUri().getRawPath();
        this.rootPath = path.endsWith("/") ? path : path + "/";
    }

    /** Empty where the file's name is not UTF-8 or breaks the rule for items' names. */
    Optional<String> name(Path file) {
        var text = root.relativize(file).toString();
        // Short cut: the way by a URI asks the file system once more.
        if (text.chars().allMatch(c -> UNICODE_LOCALE ? c != UNDECODABLE : c < 128)) {
            return Optional.of(text).filter(name -> ItemNames.fault(name).isEmpty());
        }
        try {
            var name = PercentEncoding.decode(file.toUri().getRawPath().substring(rootPath.length()));
            return Optional.of(name).filter(given -> ItemNames.fault(given).isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty where the name can be no file's below the directory. */
    Optional<Path> path(String name) {
        var segments = name.split("/", -1);
        if (name.indexOf('\0') >= 0 || Arrays.stream(segments).anyMatch(FileNames::leadsAstray)) {
            return Optional.empty();
        }
        var encoded = Arrays.stream(segments).map(PercentEncoding::encode).collect(Collectors.joining("/"));
        return Optional.of(Path.of(URI.create("file://" + rootPath + encoded)));
    }

    private static boolean leadsAstray(String segment) {
        return segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }
}
