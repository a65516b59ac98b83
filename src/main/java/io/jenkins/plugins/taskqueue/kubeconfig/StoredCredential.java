package io.jenkins.plugins.taskqueue.kubeconfig;

import io.jenkins.plugins.taskqueue.engine.kubernetes.CredentialsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What stands in the kubeconfig, or in files that it names. The files are looked at again, since some have a new token
 * every hour; what was read last counts for as long as nobody refuses it and they can't be read.
 */
final class StoredCredential implements Credential.Giver {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    /** The file counts where there are both. */
    record Text(Optional<byte[]> content, Optional<Path> file) {
        byte[] read() throws IOException {
            return file.isPresent() ? Files.readAllBytes(file.get()) : content.orElse(null);
        }

        boolean isThere() {
            return content.isPresent() || file.isPresent();
        }
    }

    private final String title;
    private final String authorization;
    private final Text[] texts;
    private final LongSupplier nanos;
    private byte[][] read;
    private Credential known;
    private long since;
    private boolean doubted;

    /**
     * @param title whose it is, for sentences
     * @param authorization where it is no bearer's token; null for none
     */
    StoredCredential(String title, String authorization, Text token, Text certificate, Text key, LongSupplier nanos) {
        this.title = title;
        this.authorization = authorization;
        this.texts = new Text[] {token, certificate, key};
        this.nanos = nanos;
    }

    @Override
    public synchronized Credential now() {
        if (known == null || nanos.getAsLong() - since >= FRESH) {
            try {
                readAgain();
                doubted = false;
            } catch (IOException | GeneralSecurityException e) {
                if (known == null || doubted) {
                    throw new CredentialsException(
                            "The kubeconfig's " + title + " has credentials that can't be used (" + e + ").", e);
                }
            }
            since = nanos.getAsLong();
        }
        return known;
    }

    private void readAgain() throws IOException, GeneralSecurityException {
        byte[][] fresh = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            fresh[i] = texts[i].read();
        }
        if (Arrays.deepEquals(fresh, read)) {
            return;
        }
        String token = fresh[0] == null ? "" : new String(fresh[0], StandardCharsets.UTF_8).strip();
        if (fresh[0] != null && token.isEmpty()) {
            throw new IOException("the token's file is empty");
        }
        known = new Credential(
                token.isEmpty() ? authorization : Credential.bearer(token),
                fresh[1] == null ? null : ClientCertificate.of(fresh[1], fresh[2]));
        read = fresh;
    }

    @Override
    public synchronized void refused(Credential one) {
        if (one == known) {
            doubted = true;
            since = nanos.getAsLong() - FRESH;
        }
    }
}
