package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.QueueManager;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant NOW = Instant.EPOCH.plus(QueueManager.HEARTBEAT.multipliedBy(100));
    private static final Instant LATE = NOW.minus(QueueManager.HEARTBEAT.multipliedBy(5));
    private static final Optional<String> NO_FAILURE = Optional.empty();

    @Test
    void redBeforeTheQueueIsOpen() {
        Health health = Health.of(NO_FAILURE, false, Instant.MIN, NOW, true, "Nobody is there. Trying again in 5 s.");

        assertThat(health).isEqualTo(new Health(false, false, "Nobody is there. Trying again in 5 s."));
        assertThat(Health.of(NO_FAILURE, false, Instant.MIN, NOW, true, "").sentence())
                .contains("not been opened");
    }

    @Test
    void redWhenPassesStop() {
        Health health = Health.of(NO_FAILURE, false, LATE, NOW, true, "");

        assertThat(health.alive()).isFalse();
        assertThat(health.sentence()).contains("has not gone round");
    }

    @Test
    void greenWhilePassesComeAndAfterTheEnd() {
        assertThat(Health.of(NO_FAILURE, false, NOW, NOW, true, "")).isEqualTo(new Health(true, true, ""));
        assertThat(Health.of(NO_FAILURE, true, LATE, NOW, true, "Done.")).isEqualTo(new Health(true, true, "Done."));
    }

    @Test
    void redWhereTheQueueCanNotGoOn() {
        assertThat(Health.of(Optional.of("A right is missing."), true, NOW, NOW, true, ""))
                .isEqualTo(new Health(false, true, "A right is missing."));
    }
}
