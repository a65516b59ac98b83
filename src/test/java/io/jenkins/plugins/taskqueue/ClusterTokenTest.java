package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterTokenTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final SettableClock clock = new SettableClock();

    @Test
    void tokenIsLookedUpAnewWhenItGetsOld() {
        AtomicInteger lookups = new AtomicInteger();
        var token = new ClusterToken("first", () -> "token " + lookups.incrementAndGet(), LIFE, clock);

        clock.advance(LIFE.minusSeconds(1));
        assertThat(token.getToken()).isEqualTo("first");
        clock.advance(Duration.ofSeconds(1));
        assertThat(token.getToken()).isEqualTo("token 1");
        assertThat(token.getToken()).isEqualTo("token 1");
    }

    @Test
    void oldTokenIsUsedOnWhereNoNewOneCanBeHad() {
        var token = new ClusterToken(
                "first",
                () -> {
                    throw new IOException("the vault is closed");
                },
                LIFE,
                clock);

        clock.advance(LIFE);
        assertThat(token.getToken()).isEqualTo("first");
    }
}
