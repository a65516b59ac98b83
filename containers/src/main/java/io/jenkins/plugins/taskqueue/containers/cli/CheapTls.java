package io.jenkins.plugins.taskqueue.containers.cli;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.jenkins.plugins.taskqueue.kubeconfig.Access;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Follows no redirect, which would take the token to whoever it names. Prefers ChaCha20-Poly1305 with the API server. Java's quick compiler, which is all that a command uses, has no instructions
 * of the processor for AES: a third of the manager's CPU went into AES-GCM, and ChaCha20 is four times as fast there (97
 * against 24 MB/s with Java 17). Every other suite stays on offer.
 */
final class CheapTls extends JdkHttpClientFactory {
    private final Access access;

    CheapTls() {
        this(null);
    }

    /** @param access of which the name of the server is taken, which no other setting of Java's client takes */
    CheapTls(Access access) {
        this.access = access;
    }

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER);
        if (access != null && access.tlsName().isPresent()) {
            builder.sslContext(TlsName.context(access.tlsName().get(), access.keys(), access.trust()));
        }
        try {
            SSLParameters parameters = SSLContext.getDefault().getDefaultSSLParameters();
            parameters.setCipherSuites(cheapestFirst(parameters.getCipherSuites()));
            builder.sslParameters(parameters);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no TLS", e);
        }
    }

    static String[] cheapestFirst(String[] suites) {
        return Arrays.stream(suites)
                .sorted(Comparator.comparing((String suite) -> !suite.contains("CHACHA20")))
                .toArray(String[]::new);
    }
}
