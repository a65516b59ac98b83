package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CheapTlsTest {
    /** A redirect would take the token to whoever it names. */
    @Test
    void followsNoRedirect() throws Exception {
        List<String> tokens = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Location", url + "/thief");
                exchange.sendResponseHeaders(307, -1);
            }
        });
        server.createContext("/thief", exchange -> {
            try (exchange) {
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(500, -1);
            }
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withOauthToken("s3cret")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new CheapTls())
                .build()) {
            assertThatThrownBy(() ->
                            client.configMaps().inNamespace("a").withName("b").get())
                    .isInstanceOf(KubernetesClientException.class);
            assertThat(tokens).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void prefersChaCha20AndOffersAllThatJavaOffers() throws Exception {
        String[] offered = SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites();
        HttpClient.Builder builder = HttpClient.newBuilder();

        new CheapTls().additionalConfig(builder);

        String[] suites = builder.build().sslParameters().getCipherSuites();
        assertThat(suites).containsExactlyInAnyOrder(offered);
        assertThat(suites[0]).contains("CHACHA20");
        assertThat(suites)
                .as("the order of the rest")
                .filteredOn(suite -> !suite.contains("CHACHA20"))
                .containsExactly(Arrays.stream(offered)
                        .filter(suite -> !suite.contains("CHACHA20"))
                        .toArray(String[]::new));
    }
}
