package io.jenkins.plugins.taskqueue.kubeconfig;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** How a cluster is reached, and as whom, as a kubeconfig says it. */
public final class Access {
    private final Server server;
    private final Caller caller;
    private final String namespace;

    Access(Server server, Caller caller, String namespace) {
        this.server = server;
        this.caller = caller;
        this.namespace = namespace;
    }

    /** The same, where others may have signed the server's certificate: these, as PEM. */
    public Access trusting(String certificates) {
        return new Access(server.trusting(certificates.getBytes(StandardCharsets.UTF_8)), caller, namespace);
    }

    /** The proxy that the kubeconfig names. */
    public Optional<URI> proxy() {
        return server.proxy();
    }

    /** The name that the server's certificate must have where it is not the URL's. */
    public Optional<String> tlsName() {
        return server.tlsName();
    }

    /**
     * Where the server is and what it must show. Says nothing of who asks: {@link #over} does.
     *
     * @param environment has the proxy where the kubeconfig names none
     */
    public Config config(Map<String, String> environment) {
        Config config = Config.empty();
        config.setMasterUrl(server.url());
        config.setNamespace(namespace);
        config.setTrustCerts(server.insecure());
        config.setDisableHostnameVerification(server.insecure());
        server.authority()
                .ifPresent(pem -> config.setCaCertData(Base64.getEncoder().encodeToString(pem)));
        if (server.proxy().isPresent()) {
            config.setHttpProxy(server.proxy().get().toString());
            config.setHttpsProxy(server.proxy().get().toString());
        } else if (!isThisMachine()) {
            String all = variable(environment, "ALL_PROXY", null);
            config.setHttpProxy(variable(environment, "HTTP_PROXY", all));
            config.setHttpsProxy(variable(environment, "HTTPS_PROXY", all));
            config.setNoProxy(variable(environment, "NO_PROXY", "").split("\\s*,\\s*"));
        }
        return config;
    }

    private boolean isThisMachine() {
        String host = String.valueOf(URI.create(server.url()).getHost());
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static String variable(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, environment.getOrDefault(name.toLowerCase(), ""));
        return value.isBlank() ? otherwise : value;
    }

    /** Clients of this factory trust the server that is meant, and say who asks. */
    public HttpClient.Factory over(HttpClient.Factory factory) {
        KeyManager[] keys = keys();
        TrustManager[] trust = trust();
        return new HttpClient.Factory() {
            @Override
            public HttpClient.Builder newBuilder() {
                return factory.newBuilder();
            }

            @Override
            public HttpClient.Builder newBuilder(Config config) {
                return factory.newBuilder(config)
                        .sslContext(keys, trust)
                        .addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, caller);
            }
        };
    }

    public KeyManager[] keys() {
        return new KeyManager[] {new CallerKeys(caller::certificate)};
    }

    /** Null for what Java trusts. */
    public TrustManager[] trust() {
        return server.trust();
    }
}
