package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The source, on the command line. */
final class SourceOptions {
    @Option(
            names = "--source",
            paramLabel = "URL",
            required = true,
            description = "The source ambassador's base URL, such as http://127.0.0.1:8080")
    private String url;

    @Option(
            names = "--source-token-file",
            paramLabel = "FILE",
            description = "A file with the bearer token that the source asks for.")
    private Path tokenFile;

    @Option(
            names = "--source-timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "The longest that one request to the source may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--max-list-size",
            paramLabel = "BYTES",
            defaultValue = "64Mi",
            converter = SizeConverter.class,
            description =
                    "The largest listing that is taken, as it is sent and in memory, where a name takes 128 bytes more (default:"
                            + " ${DEFAULT-VALUE}).")
    private Long maxListSize;

    String url() {
        return url;
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    Source source() {
        HttpSourceSettings settings =
                HttpSourceSettings.of(url).withTimeout(timeout).withListBytes(maxListSize);
        return HttpSource.over(tokenFile == null ? settings : settings.withToken(token()));
    }

    private String token() {
        try {
            return Files.readString(tokenFile);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--source-token-file: the file " + tokenFile + " can't be read: check its path and its rights.", e);
        }
    }
}
