package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that a worker left.
 *
 * @param name below the directory of outputs, with "/" between folders
 * @param path where it is
 * @param bytes its size
 * @param sha256 its checksum in hexadecimal
 */
record OutputFile(String name, Path path, long bytes, String sha256) {

    /**
     * All files below a directory, by name.
     *
     * @throws WorkerException where there is none, or something else than files
     */
    static List<OutputFile> below(Path directory) throws WorkerException {
        List<OutputFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted().toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new WorkerException(name + " in OUTPUT_DIR is a link or no file: leave only files there.");
                }
                WorkItem.checkDecoded(name);
                if (name.equals(Manifest.NAME)) {
                    throw new WorkerException("OUTPUT_DIR has a file " + name
                            + ", which is the name of the manifest: give it another name.");
                }
                files.add(new OutputFile(name, path, Files.size(path), Checksum.of(path)));
            }
        } catch (IOException e) {
            throw new WorkerException("The outputs in " + directory + " can't be read: " + e + ".", e);
        }
        if (files.isEmpty()) {
            throw new WorkerException("There is nothing to store: no file was left in OUTPUT_DIR (" + directory + ").");
        }
        return files;
    }
}
