package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private final List<Event> told = new ArrayList<>();
    private final Holds holds = new Holds(told::add);
    private Instant now = Instant.EPOCH;

    private Instant fail(String key, Kind kind) {
        holds.failed(key);
        holds.hold(key, new ClusterException(kind, "It failed."), now);
        return holds.held(now).get(key).until();
    }

    @Test
    void whatFailsAgainWaitsLongerAndWhatWasLongAgoIsForgotten() {
        for (int i = 0; i < 20; i++) {
            now = fail("a", Kind.PASSING);
        }
        Instant until = fail("a", Kind.PASSING);
        assertThat(until).isBetween(now.plusSeconds(24), now.plusSeconds(30));

        now = until.plusSeconds(31);
        assertThat(holds.held(now)).isEmpty();
        assertThat(fail("a", Kind.PASSING)).isBetween(now.plusMillis(400), now.plusMillis(500));
    }

    @Test
    void oneTroubleIsToldOnceAndAgainWhenItWasOver() {
        fail("a", Kind.REFUSED);
        fail("a", Kind.REFUSED);
        fail("b", Kind.REFUSED);
        assertThat(told).hasSize(1);

        holds.forget("a");
        holds.forget("b");
        fail("a", Kind.REFUSED);
        assertThat(told).hasSize(2);
    }
}
