package io.jenkins.plugins.taskqueue.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A queue's id: part of the names and labels of its Kubernetes objects. It is made from the queue's name alone, so that
 * every manager finds the same objects, and two names never share one: a readable part, cut to 20 characters, and 40
 * bits of the name's SHA-256.
 */
public record QueueId(String value) {
    private static final int READABLE = 20;
    private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    public static QueueId of(String queueName) {
        String plain = Normalizer.normalize(queueName, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String readable = plain.substring(0, Math.min(READABLE, plain.length())).replaceAll("^-+|-+$", "");
        String hash = hash(queueName, 8);
        return new QueueId(readable.isEmpty() ? "q-" + hash : readable + "-" + hash);
    }

    /** So many characters, lower-case base 32, of a text's SHA-256: fit for names and label values. */
    public static String hash(String text, int characters) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        StringBuilder out = new StringBuilder(characters);
        int bits = 0;
        int buffer = 0;
        for (int i = 0; out.length() < characters; i++) {
            buffer = (buffer << 8) | (digest[i] & 0xff);
            for (bits += 8; bits >= 5 && out.length() < characters; bits -= 5) {
                out.append(BASE32[(buffer >> (bits - 5)) & 31]);
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
