package io.jenkins.plugins.taskqueue;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesConnection;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import io.jenkins.plugins.taskqueue.kubeconfig.Access;
import io.jenkins.plugins.taskqueue.kubeconfig.Kubeconfig;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;

/**
 * Clients of the configured clusters. One is handed out for ten minutes, so that changed credentials are seen, and its
 * token is looked up anew as often: tokens of some clouds live a quarter of an hour. A client that is no longer handed out
 * is not closed: a queue may still work with it, and its idle threads and connections end by themselves.
 */
final class ClusterClients {
    static final SystemCredentials<StandardCredentials> CREDENTIALS =
            new SystemCredentials<>(StandardCredentials.class, AuthenticationTokens.matcher(KubernetesAuth.class));

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;

    private record Kept(KubernetesClient client, Instant until) {}

    private record Connection(String name, String serverUrl, String serverCertificate, String credentialsId) {}

    private static final Map<Connection, Kept> CLIENTS = new ConcurrentHashMap<>();

    private record Shared(Connection connection, String namespace) {}

    private static final Map<Shared, KubernetesConnection> SHARED = new ConcurrentHashMap<>();

    private ClusterClients() {}

    static KubernetesClient get(ClusterConfig cluster) throws AbortException {
        Connection connection = connectionOf(cluster);
        Kept kept = CLIENTS.get(connection);
        if (kept == null || kept.until().isBefore(Instant.now())) {
            kept = new Kept(connect(cluster), Instant.now().plus(LIFE));
            CLIENTS.put(connection, kept);
        }
        return kept.client();
    }

    private static Connection connectionOf(ClusterConfig cluster) {
        return new Connection(
                cluster.getName(), cluster.getServerUrl(), cluster.getServerCertificate(), cluster.getCredentialsId());
    }

    /** What all queues share that are in a namespace of the cluster, for as long as it is reached in the same way. */
    static KubernetesConnection connection(ClusterConfig cluster, String namespace) {
        return SHARED.computeIfAbsent(
                new Shared(connectionOf(cluster), namespace),
                shared -> new KubernetesConnection(
                        () -> {
                            try {
                                return connect(cluster);
                            } catch (AbortException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        namespace,
                        KubernetesSettings.DEFAULT,
                        Clock.systemUTC()));
    }

    /** Whatever was configured before is not handed out again. */
    static void forget() {
        CLIENTS.clear();
    }

    /** A client of its own, to be closed by the caller. Makes no request. */
    static KubernetesClient connect(ClusterConfig cluster) throws AbortException {
        try {
            Optional<Access> access = access(cluster);
            HttpClient.Factory http = new ClusterHttp();
            return new KubernetesClientBuilder()
                    .withConfig(config(cluster, access))
                    // Configured credentials count alone, and not whom the kubeconfig names.
                    .withHttpClientFactory(
                            access.isPresent() && cluster.getCredentialsId() == null
                                    ? access.get().over(http)
                                    : http)
                    .build();
        } catch (RuntimeException e) {
            throw failure(cluster, e);
        }
    }

    /** By the kubeconfig of Jenkins' user, where no URL is configured and there is one. */
    private static Optional<Access> access(ClusterConfig cluster) throws AbortException {
        if (cluster.getServerUrl() != null) {
            return Optional.empty();
        }
        Optional<Access> access = Kubeconfig.find(System.getenv(), Path.of(System.getProperty("user.home")))
                .map(kubeconfig -> kubeconfig.access(null));
        if (access.isPresent() && access.get().tlsName().isPresent()) {
            throw new AbortException(Messages.ClusterClients_tlsName(cluster.getName()));
        }
        return cluster.getServerCertificate() == null
                ? access
                : access.map(one -> one.trusting(cluster.getServerCertificate()));
    }

    private static Config config(ClusterConfig cluster, Optional<Access> access) throws AbortException {
        ConfigBuilder builder;
        if (access.isPresent()) {
            builder = new ConfigBuilder(access.get().config(System.getenv()));
        } else if (cluster.getServerUrl() == null) {
            builder = new ConfigBuilder(Config.autoConfigure(null));
        } else {
            builder = new ConfigBuilder(Config.empty()).withMasterUrl(cluster.getServerUrl());
        }
        if (cluster.getCredentialsId() != null) {
            builder = authenticate(cluster, builder);
        }
        if (cluster.getServerCertificate() != null) {
            builder.withCaCertData(Base64.getEncoder()
                    .encodeToString(cluster.getServerCertificate().getBytes(StandardCharsets.UTF_8)));
        }
        return builder.withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .withUserAgent("jenkins-task-queue")
                .build();
    }

    private static ConfigBuilder authenticate(ClusterConfig cluster, ConfigBuilder builder) throws AbortException {
        String server = builder.getMasterUrl();
        ConfigBuilder known = decorate(cluster, server, builder);
        String token = known.getOauthToken();
        if (token == null) {
            return known;
        }
        return known.withOauthToken(null)
                .withOauthTokenProvider(new ClusterToken(
                        token,
                        () -> decorate(cluster, server, new ConfigBuilder(Config.empty()).withMasterUrl(server))
                                .getOauthToken(),
                        LIFE,
                        InstantSource.system()));
    }

    private static ConfigBuilder decorate(ClusterConfig cluster, String server, ConfigBuilder builder)
            throws AbortException {
        StandardCredentials credentials = CREDENTIALS.find(cluster.getServerUrl(), cluster.getCredentialsId());
        KubernetesAuth auth =
                credentials == null ? null : AuthenticationTokens.convert(KubernetesAuth.class, credentials);
        if (auth == null) {
            throw new AbortException(
                    Messages.ClusterClients_noCredentials(cluster.getName(), cluster.getCredentialsId()));
        }
        try {
            return auth.decorate(builder, new KubernetesAuthConfig(server, cluster.getServerCertificate(), false));
        } catch (KubernetesAuthException | RuntimeException e) {
            throw failure(cluster, e);
        }
    }

    private static AbortException failure(ClusterConfig cluster, Exception cause) {
        var failure = new AbortException(Messages.ClusterClients_failed(cluster.getName(), cause.getMessage()));
        failure.initCause(cause);
        return failure;
    }
}
