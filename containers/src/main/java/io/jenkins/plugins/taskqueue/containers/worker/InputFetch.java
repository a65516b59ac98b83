package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Brings an item's input into a file: the whole of it, or no file.
 *
 * @param from the place below which inputs must be; empty for anywhere, which somebody has to have allowed
 * @param store where buckets are
 */
record InputFetch(String from, S3Options store) {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    /** Until the answer begins; how long the rest takes, the item's time-out says. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** @throws WorkerException with a sentence; the file is not there then */
    void fetch(WorkItem item, Path file) throws WorkerException, InterruptedException {
        InputLocation location = InputLocation.of(item, from);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            String sha256;
            try (InputStream in = open(location);
                    OutputStream out = Files.newOutputStream(part)) {
                sha256 = Checksum.copy(in, out);
            }
            String wanted = item.text("sha256");
            if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(sha256)) {
                Files.deleteIfExists(part);
                throw new WorkerException("The input " + location.shown() + " has the SHA-256 checksum " + sha256
                        + " and not " + wanted + ", which its source told: it was changed, or damaged on its way.");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | SdkException e) {
            throw new WorkerException("The input " + location.shown() + " could not be fetched: " + e + ".", e);
        }
    }

    InputStream open(InputLocation location) throws IOException, WorkerException, InterruptedException {
        if (location.isS3()) {
            S3Location object = location.object();
            // Not closed: it must last as long as the stream, and holds nothing beside that.
            return Bucket.of(store, object.bucket(), "s3:GetObject on the bucket's objects")
                    .get(object.prefix());
        }
        if (location.isHttp()) {
            return http(location);
        }
        Path path = Path.of(location.text());
        return from.isEmpty()
                ? Files.newInputStream(path)
                : LinkFree.open(Path.of(from).toRealPath(), path);
    }

    private InputStream http(InputLocation location) throws IOException, WorkerException, InterruptedException {
        // A redirection leads out of what --from allows.
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(from.isEmpty() ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(location.url()).timeout(ANSWER).build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new WorkerException("The input " + location.shown() + " could not be fetched: its server answered "
                    + answer.statusCode() + ".");
        }
        return answer.body();
    }
}
