package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ambassador behind the API server's proxy may answer in place of an error. */
class ProxiedAnswerTest {
    private HttpServer server;
    private KubernetesClient client;
    private volatile String answer = "";
    private volatile String token;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                token = exchange.getRequestHeaders().getFirst(AmbassadorPod.TOKEN_HEADER);
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(500, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private HttpResponse<String> ask(String body) throws Exception {
        answer = body;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://pod/items"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return ApiServerProxy.pod(client, "media", "tq-a-source-b", 8080, () -> "s3cret")
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A few hundred bytes that a reader of YAML makes 9^9 values of. */
    @Test
    void whatIsNoJsonIsNotTakenForYaml() throws Exception {
        assertThat(ask(UserYamlTest.bomb(9)).body()).isEqualTo(answer);
        assertThat(ask("kind: Status\napiVersion: v1\nmessage: forged\n").statusCode())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "[]", "\"\"", "{\"kind\":{}}", "{\"kind\":\"Status\",\"apiVersion\":\"v1\"}"})
    void whatIsNoStatusIsTheAmbassadorsOwn(String body) throws Exception {
        assertThat(ask(body).body()).isEqualTo(body);
    }

    @Test
    void deepJsonIsTheAmbassadorsOwnToo() throws Exception {
        String deep = "{\"kind\":" + "[".repeat(10_000);
        assertThat(ask(deep).body()).isEqualTo(deep);
    }

    @Test
    void whatTheApiServerSaysIsToldAsItsWord() {
        assertThatThrownBy(() -> ask("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"no such pod\"}"))
                .isInstanceOf(NoRouteToHostException.class)
                .hasMessageContaining("the API server says: no such pod");
    }

    @Test
    void thePodsTokenGoesBesideTheApiServersOwn() throws Exception {
        ask("");

        assertThat(token).isEqualTo("s3cret");
    }
}
