package io.jenkins.plugins.taskqueue.engine.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "a-b_c.d~e, a-b_c.d~e",
        "a b, a%20b",
        "a/b, a%2Fb",
        "a%2Fb, a%252Fb",
        "a+b, a%2Bb",
        "ä, %C3%A4",
        "🎬, %F0%9F%8E%AC",
        "., %2E",
        ".., %2E%2E",
        "..., ..."
    })
    void encodes(String name, String encoded) {
        assertThat(PercentEncoding.encode(name)).isEqualTo(encoded);
    }

    @Test
    void everyNameComesBackThroughUrl() {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var name = random.ints(1 + random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> Character.getType(point) != Character.SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var path = URI.create("http://h/" + PercentEncoding.encode(name)).getRawPath();

            assertThat(PercentEncoding.decode(path.substring(1)))
                    .as("seed %d", seed)
                    .isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%C3", "%ED%A0%80"})
    void refusesWhatIsNoEncodedUnicode(String segment) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentEncoding.decode(segment))
                .withMessageContaining(segment);
    }
}
