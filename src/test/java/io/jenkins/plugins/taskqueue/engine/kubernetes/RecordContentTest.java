package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that somebody made to fill a memory. */
class RecordContentTest {
    private static ConfigMap map(String base64) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("tq-videos-7")
                .endMetadata()
                .addToBinaryData(RecordContent.GZIP_KEY, base64)
                .build();
    }

    private static String zipped(String begin, String part, int times) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(begin.getBytes(StandardCharsets.UTF_8));
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i++) {
                gzip.write(bytes);
            }
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void unreadable(String base64, String why) {
        assertThatThrownBy(() -> RecordContent.read(map(base64)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("The record tq-videos-7 cannot be read")
                .hasMessageContaining(why)
                .hasMessageContaining("Delete it, and its items are done again.");
    }

    @Test
    void aMegabyteThatInflatesToAGigabyteIsNotInflated() throws IOException {
        String bomb = zipped("{\"version\":1,\"entries\":[", " ".repeat(1024 * 1024), 1000);
        assertThat(bomb.length()).isLessThan(2 * 1024 * 1024);

        unreadable(bomb, "more than 16777216 bytes of JSON");
    }

    @Test
    void manySmallValuesAreCountedBeforeTheyAreBuilt() throws IOException {
        unreadable(zipped("{\"version\":1,\"entries\":[[]", ",[]", 5_000_000), "more than 300000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base 64!", "AAAA", "H4sIAAAAAAAA"})
    void whatIsNoGzipIsTold(String base64) {
        unreadable(base64, "");
    }

    @Test
    void deepJsonIsTold() throws IOException {
        unreadable(zipped("", "[", 100_000), "");
    }
}
