package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A bucket, or a folder in it. A store can't rename a folder: an item's output is complete when its manifest is there, which
 * is the first to go and the last to come.
 */
record S3Destination(S3Options store, S3Location root) implements Destination {
    /** The most that one request can store (Amazon S3 User Guide, "Uploading objects"). */
    static final long MOST_BYTES = 5L << 30;

    private static final String RIGHTS =
            "s3:ListBucket on the bucket, and s3:PutObject, s3:GetObject and s3:DeleteObject on its objects";

    @Override
    public String store(Manifest manifest) throws WorkerException, InterruptedException {
        S3Location folder = new S3Location(root.bucket(), root.prefix() + Destination.folder(manifest.item()) + "/");
        for (OutputFile file : manifest.files()) {
            check(file, folder);
        }
        try (Bucket bucket = Bucket.of(store, root.bucket(), RIGHTS)) {
            Set<String> left = new LinkedHashSet<>(bucket.keys(folder.prefix()));
            String last = folder.prefix() + Manifest.NAME;
            if (left.remove(last)) {
                bucket.delete(last);
            }
            Set<String> written = new LinkedHashSet<>();
            try {
                for (OutputFile file : manifest.files()) {
                    String key = folder.prefix() + file.name();
                    written.add(key);
                    bucket.put(key, RequestBody.fromFile(file.path()), file.sha256());
                    left.remove(key);
                }
                deleteAll(bucket, left);
                bucket.put(last, RequestBody.fromBytes(manifest.json()), Checksum.of(manifest.json()));
            } catch (WorkerException e) {
                written.addAll(left);
                forget(bucket, written);
                throw e;
            }
        }
        return folder.toString();
    }

    private static void check(OutputFile file, S3Location folder) throws WorkerException {
        if (file.bytes() > MOST_BYTES) {
            throw new WorkerException(file.name() + " in OUTPUT_DIR has " + file.bytes()
                    + " bytes, and a store takes 5 GiB at once: split it.");
        }
        if ((folder.prefix() + file.name()).getBytes(StandardCharsets.UTF_8).length > S3Location.MOST_KEY_BYTES) {
            throw new WorkerException("The key " + folder + file.name() + " has more than " + S3Location.MOST_KEY_BYTES
                    + " bytes: give the file a shorter name.");
        }
    }

    private static void deleteAll(Bucket bucket, Collection<String> keys) throws WorkerException, InterruptedException {
        for (String key : keys) {
            bucket.delete(key);
        }
    }

    /** Without a manifest it is no output any more; what can't be deleted, the next attempt deletes. */
    private static void forget(Bucket bucket, Collection<String> keys) throws InterruptedException {
        try {
            deleteAll(bucket, keys);
        } catch (WorkerException e) {
            System.err.println("Parts of the output are left behind: " + e.getMessage());
        }
    }
}
