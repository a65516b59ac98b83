package io.jenkins.plugins.taskqueue.containers.ambassador;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1.10,null]}", "0", " [1] ", "\"é🎬\"", "123456789012345678901234567890", "null"})
    void jsonStaysAsItIs(String json) {
        assertThat(Values.json(bytes(json))).isEqualTo(json);
        assertThat(Values.object(bytes(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "1 2", "{} x", "NaN", "'a'", "a b", "", " ", "01"})
    void whatIsNoJsonIsText(String text) {
        assertThat(Values.json(bytes(text))).isEqualTo(Values.quoted(text));
        assertThat(Values.object(bytes(text))).isEqualTo("{\"value\":" + Values.quoted(text) + "}");
    }

    @Test
    void jsonOfManyLevelsAndLongNamesIsJson() {
        String deep = "[".repeat(99_000) + "]".repeat(99_000);
        String longName = "{\"" + "n".repeat(200_000) + "\":1}";

        assertThat(Values.object(bytes(deep))).isEqualTo(deep);
        assertThat(Values.object(bytes(longName))).isEqualTo(longName);
    }

    @Test
    void textIsQuotedThoughItBeJson() {
        assertThat(Values.text(bytes("{\"a\":1}\n"))).isEqualTo("\"{\\\"a\\\":1}\\n\"");
    }

    @Test
    void whatIsNoTextIsBase64() {
        assertThat(Values.json(new byte[] {(byte) 0xff, 0})).isEqualTo("{\"base64\":\"/wA=\"}");
        assertThat(Values.object(new byte[] {(byte) 0xff, 0})).isEqualTo("{\"value\":{\"base64\":\"/wA=\"}}");
    }

    @Test
    void nothingIsNull() {
        assertThat(Values.json(null)).isEqualTo("null");
    }
}
