package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;

/** An API server that has nothing, and remembers who asked. */
final class AskedServer implements AutoCloseable {
    /**
     * A request.
     *
     * @param line such as {@code GET /version}
     * @param headers those that say who asks, sorted, such as {@code Authorization: Bearer abc}
     * @param certificate the name in the caller's certificate; empty for none
     * @param name that the caller called the server when it connected; empty for none
     */
    record Asked(String line, List<String> headers, String certificate, String name) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Predicate<Asked> knows;

    /** @param keys null for plain HTTP */
    AskedServer(KeyPairFile keys, Predicate<Asked> knows) throws Exception {
        this.knows = knows;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (keys == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(keys.server(new Anybody())) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ours = getSSLContext().getDefaultSSLParameters();
                    ours.setWantClientAuth(true);
                    parameters.setSSLParameters(ours);
                }
            });
            server = https;
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Asked one = new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().entrySet().stream()
                        .filter(header -> header.getKey().matches("(?i)authorization|impersonate.*"))
                        .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                        .sorted()
                        .toList(),
                certificate(exchange),
                name(exchange));
        asked.add(one);
        int code = knows.test(one) ? 404 : 401;
        String reason = code == 401 ? "Unauthorized" : "NotFound";
        byte[] body = ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + reason
                        + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String certificate(HttpExchange exchange) {
        try {
            return exchange instanceof HttpsExchange https
                    ? ((X509Certificate) https.getSSLSession().getPeerCertificates()[0])
                            .getSubjectX500Principal()
                            .getName()
                    : "";
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    private static String name(HttpExchange exchange) {
        return exchange instanceof HttpsExchange https
                        && https.getSSLSession() instanceof ExtendedSSLSession session
                        && !session.getRequestedServerNames().isEmpty()
                ? new String(session.getRequestedServerNames().get(0).getEncoded(), StandardCharsets.US_ASCII)
                : "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** The certificates of callers are only looked at. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
