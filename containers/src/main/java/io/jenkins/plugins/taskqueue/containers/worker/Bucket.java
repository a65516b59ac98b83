package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Faults;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a bucket, as a worker reads and writes them. Whatever fails is a sentence.
 *
 * @param store what sentences call the store
 * @param rights what the credentials must allow
 */
record Bucket(S3Client client, String name, String store, String rights) implements AutoCloseable {

    /** @throws WorkerException where the store's options make no sense */
    static Bucket of(S3Options options, String name, String rights) throws WorkerException {
        try {
            return new Bucket(options.transfers(), name, options.describe(), rights);
        } catch (IllegalArgumentException e) {
            throw new WorkerException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The bytes of an object; reading them may fail with an {@link SdkException} too. */
    InputStream get(String key) throws WorkerException, InterruptedException {
        try {
            return client.getObject(request -> request.bucket(name).key(key));
        } catch (SdkException e) {
            throw failed(key, e);
        }
    }

    List<String> keys(String prefix) throws WorkerException, InterruptedException {
        try {
            return client.listObjectsV2Paginator(request -> request.bucket(name).prefix(prefix)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        } catch (SdkException e) {
            throw failed(prefix, e);
        }
    }

    /**
     * Stores an object, and looks whether it is stored as it was meant.
     *
     * @param sha256 the checksum that it must have, in hexadecimal
     */
    void put(String key, RequestBody body, String sha256) throws WorkerException, InterruptedException {
        String given = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        try {
            String stored = client.putObject(
                            request -> request.bucket(name).key(key).checksumSHA256(given), body)
                    .checksumSHA256();
            // A store that knows of checksums has refused what differs; of any other it is read again.
            if (stored == null && !sha256.equals(Checksum.copy(get(key), OutputStream.nullOutputStream()))) {
                throw new WorkerException(
                        at(key) + " has another checksum than what was sent: it was damaged on its way.");
            }
        } catch (SdkException e) {
            throw failed(key, e);
        } catch (IOException e) {
            throw new WorkerException(at(key) + " could not be read again: " + e + ".", e);
        }
    }

    void delete(String key) throws WorkerException, InterruptedException {
        try {
            client.deleteObject(request -> request.bucket(name).key(key));
        } catch (SdkException e) {
            throw failed(key, e);
        }
    }

    private S3Location at(String key) {
        return new S3Location(name, key);
    }

    private WorkerException failed(String key, SdkException e) throws InterruptedException {
        return new WorkerException(new S3Faults(at(key), store, rights, S3Options.LONGEST_SILENCE).sentence(e), e);
    }
}
