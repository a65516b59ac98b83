package io.jenkins.plugins.taskqueue.kubeconfig;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.jenkins.plugins.taskqueue.engine.kubernetes.CredentialsException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells the server with each request who asks, and in whose name. Thread-safe. */
final class Caller implements Interceptor {
    private static final String AUTHORIZATION = "Authorization";
    private static final int UNAUTHORIZED = 401;

    /** A header that says in whose name is asked. */
    record Header(String name, String value) {}

    private final Credential.Giver giver;
    private final List<Header> inTheNameOf;
    private volatile ClientCertificate certificate;

    Caller(Credential.Giver giver, List<Header> inTheNameOf) {
        this.giver = giver;
        this.inTheNameOf = List.copyOf(inTheNameOf);
    }

    static Caller nobody() {
        return new Caller(() -> Credential.NONE, List.of());
    }

    /** What connections that begin now say; null for nothing. */
    ClientCertificate certificate() {
        return certificate;
    }

    /** @throws CredentialsException which the caller of the request gets */
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        say(builder, giver.now());
        inTheNameOf.forEach(header -> builder.header(header.name(), header.value()));
    }

    private void say(BasicBuilder builder, Credential credential) {
        certificate = credential.certificate();
        if (credential.authorization() != null) {
            builder.setHeader(AUTHORIZATION, credential.authorization());
        }
    }

    /** Who is not known any more asks once more, if there is something new to say. */
    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        if (response.code() != UNAUTHORIZED) {
            return CompletableFuture.completedFuture(false);
        }
        try {
            String said = response.request().header(AUTHORIZATION);
            Credential credential = giver.now();
            if (credential.authorization() == null || credential.authorization().equals(said)) {
                giver.refused(credential);
                credential = giver.now();
            }
            say(builder, credential);
            return CompletableFuture.completedFuture(credential.authorization() != null
                    && !credential.authorization().equals(said));
        } catch (CredentialsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
