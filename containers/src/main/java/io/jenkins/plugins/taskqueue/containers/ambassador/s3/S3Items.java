package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.taskqueue.containers.ambassador.Glob;
import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.s3.S3Faults;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects below a prefix of a bucket. A name is the key without the prefix; the data is the bucket, the key, the size
 * in bytes, the ETag, the time of the last change and, where it is wanted, a URL that reads the object without
 * credentials. Listings pass through page by page: no more than {@value #PAGES_AT_ONCE} pages of the store are held.
 */
public final class S3Items implements Items {
    /** An answer of 10,000 names takes the store about a second. */
    static final int PAGES_AT_ONCE = 10;

    /** The most keys in a page of a store (Amazon S3 API Reference, ListObjectsV2, max-keys). */
    private static final int STORE_PAGE = 1000;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final S3Location location;
    private final Glob glob;
    private final UnaryOperator<String> urls;
    private final S3Faults faults;

    /**
     * @param store what sentences call the store
     * @param urls gives the URL of a key, empty for none
     */
    S3Items(S3Client client, S3Location location, Glob glob, UnaryOperator<String> urls, String store) {
        this.client = client;
        this.location = location;
        this.glob = glob;
        this.urls = urls;
        this.faults = new S3Faults(
                location, store, "s3:ListBucket on the bucket and s3:GetObject on its objects", S3Options.LONGEST_CALL);
    }

    /** {@inheritDoc} The token is the store's own: it alone knows where a page of its ends. */
    @Override
    public Page list(String token, int limit) throws ItemsException, InterruptedException {
        List<String> names = new ArrayList<>();
        var next = token;
        for (int page = 0; page < PAGES_AT_ONCE && names.size() < limit; page++) {
            var listed = page(next, Math.min(STORE_PAGE, limit - names.size()), page == 0);
            listed.contents()
                    .forEach(object ->
                            location.name(object.key()).filter(glob::matches).ifPresent(names::add));
            next = next(listed);
            if (next.isEmpty()) {
                break;
            }
        }
        return new Page(names, next);
    }

    @Override
    public Optional<String> data(String name) throws ItemsException, InterruptedException {
        var key = location.key(name).filter(given -> glob.matches(name));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            var object = client.headObject(
                    request -> request.bucket(location.bucket()).key(key.get()));
            return Optional.of(json(key.get(), object));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return absent(key.get());
            }
            throw unavailable(e);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** An answer to HEAD does not say what was not found: it may be the bucket, or the user. The listing tells. */
    private Optional<String> absent(String key) throws ItemsException, InterruptedException {
        try {
            client.listObjectsV2(
                    request -> request.bucket(location.bucket()).prefix(key).maxKeys(1));
            return Optional.empty();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private ItemsException unavailable(SdkException e) throws InterruptedException {
        return ItemsException.unavailable(faults.sentence(e), e);
    }

    @Override
    public String describe() {
        return location.toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private ListObjectsV2Response page(String token, int most, boolean given)
            throws ItemsException, InterruptedException {
        try {
            return client.listObjectsV2(request -> request.bucket(location.bucket())
                    .prefix(location.prefix().isEmpty() ? null : location.prefix())
                    .continuationToken(token.isEmpty() ? null : token)
                    .maxKeys(most));
        } catch (S3Exception e) {
            if (given && !token.isEmpty() && e.statusCode() == BAD_REQUEST) {
                throw ItemsException.badRequest(
                        "This \"continue\" was never given by this source, or is too old: begin again without it.");
            }
            throw unavailable(e);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** What is not said to be the end is none: an answer of something else than a store would pass for an empty bucket. */
    private String next(ListObjectsV2Response listed) throws ItemsException {
        if (Boolean.FALSE.equals(listed.isTruncated())) {
            return "";
        }
        var next = listed.nextContinuationToken();
        if (listed.isTruncated() == null || next == null || next.isEmpty()) {
            throw ItemsException.unavailable(faults.noListing(), null);
        }
        return next;
    }

    private String json(String key, HeadObjectResponse object) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("bucket", location.bucket());
        json.put("key", key);
        json.put("size", object.contentLength());
        if (object.eTag() != null) {
            json.put("etag", object.eTag().replace("\"", ""));
        }
        if (object.lastModified() != null) {
            json.put("modified", object.lastModified().toString());
        }
        var url = urls.apply(key);
        if (!url.isEmpty()) {
            json.put("url", url);
        }
        return json.toString();
    }
}
