package io.jenkins.plugins.taskqueue.engine.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSourceSettingsTest {
    private static final HttpSourceSettings SETTINGS = HttpSourceSettings.of("http://videos:8080");

    @ParameterizedTest
    @CsvSource({
        "http://videos:8080, http://videos:8080/",
        "http://videos:8080/, http://videos:8080/",
        "http://videos/api/v1, http://videos/api/v1/",
        "' https://videos/api/v1/ ', https://videos/api/v1/",
        "http://[::1]:80, http://[::1]:80/"
    })
    void baseEndsInASlash(String url, String base) {
        assertThat(HttpSourceSettings.of(url).base()).hasToString(base);
    }

    @ParameterizedTest
    @CsvSource({
        "http://videos/?a=b, query",
        "http://videos/#a, fragment",
        "ftp://videos/, http://",
        "videos:8080, http://",
        "http:///items, no host",
        "http://my_host/, no host",
        "http://a b/, not a URL",
        "'', http://"
    })
    void whatIsNoBaseUrlIsRefused(String url, String fact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSourceSettings.of(url))
                .withMessageContaining(fact)
                .withMessageContaining(url);
    }

    @Test
    void passwordInTheUrlIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSourceSettings.of("http://user:secret@videos/?x"))
                .withMessageContaining("password")
                .withMessageNotContaining("secret");
    }

    @Test
    void tokenIsNeverShown() {
        assertThat(SETTINGS.withToken("secret")).asString().doesNotContain("secret");
    }

    @Test
    void lineBreakAtTheEndOfATokenIsDropped() {
        assertThat(SETTINGS.withToken("secret\n").token()).isEqualTo("secret");
    }

    @Test
    void tokenThatIsNoHeaderIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.withToken("sec\r\nret"))
                .withMessageContaining("token")
                .withMessageNotContaining("sec\r");
    }

    @Test
    void limitsOfNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withListBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withItemBytes(0));
    }
}
