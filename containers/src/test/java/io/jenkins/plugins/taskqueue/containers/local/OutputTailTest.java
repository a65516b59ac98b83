package io.jenkins.plugins.taskqueue.containers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTailTest {

    @Test
    void shortOutputIsKeptWhole() {
        assertThat(tail(100, "hello\n").text(100)).isEqualTo("hello\n");
    }

    @Test
    void longOutputKeepsItsEnd() {
        assertThat(tail(4, "0123456789").text(100)).isEqualTo("6789");
    }

    @Test
    void readerMayAskForLess() {
        assertThat(tail(100, "0123456789").text(3)).isEqualTo("789");
    }

    @Test
    void tailBeginsWithAWholeCharacter() {
        assertThat(tail(100, "aé✓z").text(3)).isEqualTo("z");
        assertThat(tail(100, "aé✓z").text(4)).isEqualTo("✓z");
    }

    @Test
    void headEndsWithAWholeCharacter() {
        byte[] bytes = "aé✓z".getBytes(StandardCharsets.UTF_8);

        assertThat(OutputTail.head(bytes, 2)).isEqualTo("a");
        assertThat(OutputTail.head(bytes, 3)).isEqualTo("aé");
        assertThat(OutputTail.head(bytes, 5)).isEqualTo("aé");
        assertThat(OutputTail.head(bytes, 99)).isEqualTo("aé✓z");
    }

    private static OutputTail tail(int size, String text) {
        OutputTail tail = new OutputTail(size);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tail.append(bytes, bytes.length);
        return tail;
    }
}
