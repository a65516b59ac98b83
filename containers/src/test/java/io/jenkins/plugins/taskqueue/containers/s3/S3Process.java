package io.jenkins.plugins.taskqueue.containers.s3;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A Versity S3 Gateway of its own, on loopback, with one bucket; it can be killed and started again. Its objects are the
 * files below {@link #BUCKET} in its directory.
 */
public final class S3Process implements AutoCloseable {
    public static final String BUCKET = "videos";

    /** The credentials, as the variables that AWS's clients read. */
    public static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "somebody", "AWS_SECRET_ACCESS_KEY", "a secret of hers");

    static {
        // Those of this process, as the same clients read them.
        System.setProperty("aws.accessKeyId", CREDENTIALS.get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"));
    }

    private final Path directory;
    private final int port;
    private final S3Client client;
    private Process process;

    public S3Process(Path directory) throws IOException {
        this.directory = directory;
        try (var free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        client = client(CREDENTIALS.get("AWS_ACCESS_KEY_ID"), CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"));
        Files.createDirectory(directory.resolve("buckets"));
        start();
        client.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The options for it, and more. */
    public S3Options options(String... more) {
        var all = new String[more.length + 2];
        all[0] = "--endpoint";
        all[1] = endpoint();
        System.arraycopy(more, 0, all, 2, more.length);
        return StoreOptions.of(all);
    }

    /** Somebody's client. */
    public S3Client client(String accessKey, String secretKey) {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    public void put(String key, String text) {
        client.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    public byte[] get(String key) {
        return client.getObjectAsBytes(object -> object.bucket(BUCKET).key(key)).asByteArray();
    }

    /** Where the bucket's objects are as files. */
    public Path files() {
        return directory.resolve("buckets").resolve(BUCKET);
    }

    public void start() throws IOException {
        var builder = new ProcessBuilder(
                        "versitygw",
                        "--port",
                        "127.0.0.1:" + port,
                        "--quiet",
                        "posix",
                        directory.resolve("buckets").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("versitygw.log").toFile()));
        builder.environment().put("ROOT_ACCESS_KEY_ID", CREDENTIALS.get("AWS_ACCESS_KEY_ID"));
        builder.environment().put("ROOT_SECRET_ACCESS_KEY", CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"));
        try {
            process = builder.start();
        } catch (IOException e) {
            System.err.println("!!! SKIPPED: there is no versitygw here. PATH=$(dirname $(scripts/versitygw)):$PATH");
            Assumptions.abort("There is no versitygw here");
        }
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> client.listBuckets().hasBuckets());
    }

    public void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        kill();
        client.close();
    }
}
