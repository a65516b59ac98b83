package io.jenkins.plugins.taskqueue.containers.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A bucket, or what is below a prefix in it.
 *
 * @param prefix what all keys begin with: empty, or ending in a slash
 */
public record S3Location(String bucket, String prefix) {
    /** What a location in a bucket begins with. */
    public static final String SCHEME = "s3://";

    /** The longest key in UTF-8 (Amazon S3 User Guide, "Naming Amazon S3 objects"). */
    public static final int MOST_KEY_BYTES = 1024;

    /**
     * Reads {@code s3://bucket/prefix}. A prefix stands as it is, without percent-encoding: keys hold any characters.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static S3Location of(String text) {
        var rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
        var slash = rest.indexOf('/');
        var bucket = slash < 0 ? rest : rest.substring(0, slash);
        var prefix = slash < 0 ? "" : rest.substring(slash + 1);
        // A bucket's name stands in a host name or a path: nothing but what those take may be in it.
        if (!bucket.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no bucket: write it like s3://bucket or s3://bucket/folder.");
        }
        return new S3Location(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** The name of a key's item; empty for the keys that stand for folders, and for those that are elsewhere. */
    public Optional<String> name(String key) {
        return key.startsWith(prefix) && !key.endsWith("/")
                ? Optional.of(key.substring(prefix.length()))
                : Optional.empty();
    }

    /** The key of an item; empty where no key can be its. */
    public Optional<String> key(String name) {
        var key = prefix + name;
        return name.isEmpty() || name.endsWith("/") || key.getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES
                ? Optional.empty()
                : Optional.of(key);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
