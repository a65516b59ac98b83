package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class CheapTlsTest {
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
