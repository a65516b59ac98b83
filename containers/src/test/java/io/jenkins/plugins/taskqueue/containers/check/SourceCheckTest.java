package io.jenkins.plugins.taskqueue.containers.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceCheckTest {

    private static List<Finding> check(String url, String acknowledge) throws InterruptedException {
        return new SourceCheck(HttpSourceSettings.of(url), acknowledge).findings();
    }

    private static List<Finding> of(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(found -> found.verdict() == verdict).toList();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultIsFoundByItsRuleAndByNoOther(Fault fault) throws Exception {
        try (var source = new FaultySource(fault)) {
            var broken = of(check(source.url(), FaultySource.FIRST), Verdict.BROKEN);

            assertThat(broken).extracting(Finding::rule).containsExactly(fault.rule);
            // What, where, and what to do.
            assertThat(broken.get(0).sentence()).contains(source.url()).containsPattern("[:.] \\w+ ");
            System.out.println(fault + ": " + broken.get(0).sentence());
        }
    }

    @Test
    void sourceWithoutAFaultKeepsEveryRule() throws Exception {
        try (var source = new FaultySource(null)) {
            var findings = check(source.url(), FaultySource.FIRST);

            assertThat(findings).extracting(Finding::rule).containsExactly(Rule.values());
            assertThat(of(findings, Verdict.BROKEN)).isEmpty();
            assertThat(of(findings, Verdict.ADVICE)).isEmpty();
            assertThat(of(findings, Verdict.ABSENT)).extracting(Finding::rule).containsExactly(Rule.PAGES, Rule.TOKEN);
        }
    }

    @Test
    void nothingIsToldWithoutBeingAskedTo() throws Exception {
        try (var source = new FaultySource(null)) {
            var first = check(source.url(), "");

            assertThat(of(first, Verdict.UNTRIED)).extracting(Finding::rule).containsExactly(Rule.ACKNOWLEDGES);
            assertThat(check(source.url(), "").get(0)).isEqualTo(first.get(0));
        }
    }

    @Test
    void sourceThatAnswersEverythingWithItsListBreaksNoRule() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[\"a\",\"b\"]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var findings = check("http://127.0.0.1:" + server.getAddress().getPort(), "");

            assertThat(of(findings, Verdict.BROKEN)).isEmpty();
            assertThat(of(findings, Verdict.ABSENT))
                    .extracting(Finding::rule)
                    .contains(Rule.ITEM, Rule.UNKNOWN_ITEM, Rule.ETAG, Rule.LIMIT);
            assertThat(of(findings, Verdict.ADVICE)).extracting(Finding::rule).containsExactly(Rule.CONTENT_TYPE);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void sourceThatIsAwayBreaksTheFirstRule() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var findings = check("http://127.0.0.1:" + free, "");

        assertThat(findings.get(0).verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(findings.get(0).sentence())
                .contains("http://127.0.0.1:" + free + "/items", "refused the connection");
        assertThat(findings).hasSameSizeAs(Rule.values());
    }
}
