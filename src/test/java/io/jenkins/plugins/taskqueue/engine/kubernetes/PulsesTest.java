package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PulsesTest {
    private static final Holder ME = Holder.current();
    /** On a machine whose processes nobody here can see. */
    private static final Holder OTHER = new Holder("elsewhere", "another boot", 7, 1, "x");

    private final Map<String, Lease> leases = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private long nanos = -5; // a monotonic clock may begin anywhere
    private int reads;
    private final Pulses pulses = new Pulses(this::read, LeaseTimes.DEFAULT, ME, () -> nanos, open::contains);

    private Optional<Lease> read(String name) {
        reads++;
        return Optional.ofNullable(leases.get(name));
    }

    private void renewed(Holder holder, String version) {
        leases.put(
                holder.lease(),
                new LeaseBuilder()
                        .withNewMetadata()
                        .withResourceVersion(version)
                        .endMetadata()
                        .withNewSpec()
                        .withLeaseDurationSeconds(30)
                        .endSpec()
                        .build());
    }

    private boolean isDead(Holder holder) throws Exception {
        return pulses.isDead(holder.queue(1).identity());
    }

    private void later(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void aManagerIsDeadWhenItsLeaseHasNotChangedForItsWholeDuration() throws Exception {
        renewed(OTHER, "1");
        for (int second = 0; second < 30; second += 2) {
            assertThat(isDead(OTHER)).as("after %d s", second).isFalse();
            later(Duration.ofSeconds(2));
        }

        assertThat(isDead(OTHER)).isTrue();
    }

    @Test
    void aLeaseThatIsRenewedIsAlive() throws Exception {
        for (int version = 1; version < 100; version++) {
            renewed(OTHER, Integer.toString(version));
            assertThat(isDead(OTHER)).isFalse();
            later(Duration.ofSeconds(20));
        }
    }

    @Test
    void whoWasNotLookedAtForLongIsNotDeadByThat() throws Exception {
        renewed(OTHER, "1");
        assertThat(isDead(OTHER)).isFalse();
        later(Duration.ofHours(1));
        renewed(OTHER, "2");

        assertThat(isDead(OTHER)).isFalse();
    }

    @Test
    void nobodyAndWhoseLeaseIsNotThereIsDead() throws Exception {
        assertThat(pulses.isDead("")).isTrue();
        assertThat(pulses.isDead("somebody's nonsense")).isTrue();
        assertThat(isDead(OTHER)).isTrue();
    }

    @Test
    void ofOurOwnQueuesThoseThatAreOpenLive() throws Exception {
        open.add(ME.queue(1).identity());

        assertThat(pulses.isDead(ME.queue(1).identity())).isFalse();
        assertThat(pulses.isDead(ME.queue(2).identity())).isTrue();
        assertThat(reads).isZero();
    }

    @Test
    void oneReadDoesForAllQueuesOfAProcess() throws Exception {
        renewed(OTHER, "1");
        for (int queue = 0; queue < 200; queue++) {
            pulses.isDead(OTHER.queue(queue).identity());
        }

        assertThat(reads).isEqualTo(1);
    }
}
