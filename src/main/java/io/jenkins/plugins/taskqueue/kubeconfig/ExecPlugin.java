package io.jenkins.plugins.taskqueue.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/** A program that gives a token or a certificate, as {@code client.authentication.k8s.io} has it; asked again when that ends. */
final class ExecPlugin implements Credential.Giver {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One that is refused is believed in for so long: many requests are refused at once. */
    private static final long BELIEVED = TimeUnit.SECONDS.toMillis(5);

    private final PluginCall call;
    private final String apiVersion;
    private final InstantSource clock;
    private Credential known;
    private Instant since;
    private Instant until;

    ExecPlugin(PluginCall call, String apiVersion, InstantSource clock) {
        this.call = call;
        this.apiVersion = apiVersion;
        this.clock = clock;
    }

    @Override
    public synchronized Credential now() {
        if (known == null || until != null && !clock.instant().isBefore(until)) {
            known = null;
            known = read(call.answer());
            since = clock.instant();
        }
        return known;
    }

    @Override
    public synchronized void refused(Credential one) {
        if (one == known && !clock.instant().isBefore(since.plusMillis(BELIEVED))) {
            known = null;
        }
    }

    private Credential read(String answer) {
        try {
            JsonNode credential = JSON.readTree(answer);
            if (!credential.path("kind").asText().equals("ExecCredential")
                    || !credential.path("apiVersion").asText().equals(apiVersion)) {
                throw call.fault("gave no ExecCredential of " + apiVersion, null);
            }
            JsonNode status = credential.path("status");
            String token = status.path("token").asText("");
            String certificate = status.path("clientCertificateData").asText("");
            String key = status.path("clientKeyData").asText("");
            if (token.isEmpty() && certificate.isEmpty() || certificate.isEmpty() != key.isEmpty()) {
                throw call.fault("gave neither a token nor a certificate with its key", null);
            }
            until = time(status.path("expirationTimestamp").asText(""));
            return new Credential(
                    token.isEmpty() ? null : Credential.bearer(token),
                    certificate.isEmpty() ? null : ClientCertificate.of(bytes(certificate), bytes(key)));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw call.fault("gave what is no ExecCredential", e);
        } catch (GeneralSecurityException e) {
            throw call.fault("gave a certificate that can't be used (" + e.getMessage() + ")", e);
        }
    }

    private static Instant time(String text) {
        return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    }

    private static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
