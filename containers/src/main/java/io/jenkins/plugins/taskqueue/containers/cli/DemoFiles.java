package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The directory that the demo works in. */
record DemoFiles(Path directory) {

    /** @param directory where; null for a new one, which is left for the user to look at */
    static DemoFiles make(Repository repository, Path directory, int videos, boolean corrupt, Consumer<String> say)
            throws IOException, InterruptedException {
        repository.run("scripts/need", "ffmpeg=ffmpeg", "jq=jq");
        DemoFiles files = new DemoFiles(
                directory == null
                        ? Files.createTempDirectory("task-queue-demo-")
                        : Files.createDirectories(directory).toAbsolutePath().normalize());
        Files.createDirectories(files.videos());
        Files.createDirectories(files.thumbnails());
        say.accept("Making " + videos + " small videos in " + files.videos() + " …");
        String number = Integer.toString(videos);
        if (corrupt) {
            repository.run("examples/thumbnails/make-videos.sh", files.videos().toString(), number, "--corrupt");
        } else {
            repository.run("examples/thumbnails/make-videos.sh", files.videos().toString(), number);
        }
        return files;
    }

    Path videos() {
        return directory.resolve("videos");
    }

    Path thumbnails() {
        return directory.resolve("thumbnails");
    }

    Path logs() {
        return directory.resolve("logs");
    }

    String summary() {
        try (Stream<Path> all = Files.walk(thumbnails())) {
            long number = all.filter(Files::isRegularFile).count();
            return number + " thumbnails are in " + thumbnails();
        } catch (IOException e) {
            return "The thumbnails in " + thumbnails() + " can't be counted: " + e.getMessage();
        }
    }
}
