package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollerTest {
    private final List<Event> events = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final Intake intake = new Intake();
    private final FakeSource source = FakeSource.of("a");
    private final QueueSpec spec = QueueSpec.builder("q", WorkerSpec.worker("acme/worker:1"))
            .poll(Duration.ofSeconds(7))
            .build();
    private final Poller poller = new Poller(
            source,
            intake,
            new Engine(clock, clock.steady(), null, Runnable::run, Runnable::run, events::add),
            () -> spec);

    @Test
    void aListingIsTakenInAndTheNextPollComesAfterTheInterval() throws Exception {
        assertThat(poller.poll()).isEqualTo(Duration.ofSeconds(7));
        assertThat(intake.listing().names()).containsExactly("a");
        assertThat(intake.listedAt()).isEqualTo(clock.instant());
    }

    @Test
    void whatDidNotChangeIsTheSameListing() throws Exception {
        poller.poll();
        Listing first = intake.listing();
        poller.poll();

        assertThat(intake.listing()).isSameAs(first);
    }

    @Test
    void aFailureIsToldAndWaitsLongerEachTimeUntilAListingComes() throws Exception {
        source.down("http://s/items refused the connection.");
        assertThat(poller.poll()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1000));
        assertThat(poller.poll()).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2000));
        for (int i = 0; i < 20; i++) {
            poller.poll();
        }
        assertThat(poller.poll()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(60));
        assertThat(intake.trouble()).isEqualTo("http://s/items refused the connection.");
        assertThat(events).hasOnlyElementsOfType(Event.SourceFailed.class);

        source.up();
        poller.poll();
        source.down("again");
        assertThat(poller.poll()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSourceThatSaysWhenToComeBackIsLeftAloneUntilThen() throws Exception {
        source.down(SourceException.busy("http://s/items is busy.", Duration.ofSeconds(90)));

        assertThat(poller.poll()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aDefectInASourceIsAFailureLikeAnyOther() throws Exception {
        source.beforeList(() -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(poller.poll()).isPositive();
        assertThat(intake.trouble()).contains("Unexpected", "the fake source", "a defect");
    }
}
