package io.jenkins.plugins.taskqueue.kubeconfig;

import io.jenkins.plugins.taskqueue.engine.kubernetes.CredentialsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What says who asks.
 *
 * @param authorization the header of that name; null for none
 * @param certificate null for none
 */
record Credential(String authorization, ClientCertificate certificate) {
    static final Credential NONE = new Credential(null, null);

    /** Where it comes from. Any thread. */
    interface Giver {
        /** @throws CredentialsException where there is none */
        Credential now();

        /** The server does not know this one: whoever gave it is asked for another. */
        default void refused(Credential one) {}
    }

    static String bearer(String token) {
        return "Bearer " + token.strip();
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
