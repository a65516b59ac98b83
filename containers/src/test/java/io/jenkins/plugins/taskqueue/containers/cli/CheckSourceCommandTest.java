package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSourceCommandTest {
    private HttpServer server;
    private String url;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/good/",
                exchange -> answer(exchange, exchange.getRequestURI().getPath().equals("/good/items")));
        server.createContext("/bad/", exchange -> answer(exchange, false));
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, boolean list) throws IOException {
        var allowed = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        var body = "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[]}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(allowed ? list ? 200 : 404 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String token() throws IOException {
        return Files.writeString(directory.resolve("token"), "secret\n").toString();
    }

    @Test
    void tableTellsOfEachRuleAndTheExitCodeOfAll() throws IOException {
        var run = CommandLineRun.of("check-source", url + "/good", "--token-file", token());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("holds      list")
                .contains("not tried  item")
                .endsWith("No rule is broken.\n");
        assertThat(run.out()).contains("holds      token").doesNotContain("secret");
    }

    @Test
    void brokenRuleIsExitCodeOne() throws IOException {
        var run = CommandLineRun.of("check-source", url + "/bad/", "--token-file", token());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("BROKEN     list")
                .contains("/bad/items answered 404")
                .endsWith("1 rule is broken.\n");
    }

    @Test
    void jsonHasTheSame() throws IOException {
        var run = CommandLineRun.of("check-source", url + "/bad", "--output", "json");
        var json = new ObjectMapper().readTree(run.out());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(json.get("holds").booleanValue()).isFalse();
        assertThat(json.at("/rules/0/rule").asText()).isEqualTo("list");
        assertThat(json.at("/rules/0/verdict").asText()).isEqualTo("broken");
        assertThat(json.at("/rules/0/sentence").asText()).contains("401");
    }

    @Test
    void badInputIsAUsageError() {
        assertThat(CommandLineRun.of("check-source").exitCode()).isEqualTo(2);
        assertThat(CommandLineRun.of("check-source", "ftp://x").err()).contains("ftp://x");
        var run = CommandLineRun.of("check-source", url, "--token-file", directory + "/none");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--token-file", "can't be read");
    }
}
