package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualTimer;
import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollsTest {
    private final SettableClock clock = new SettableClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final FakeSource source = FakeSource.of("a");
    private final List<Runnable> fetches = new ArrayList<>();
    private final Intake intake = new Intake();
    private final Engine engine = new Engine(clock, clock.steady(), timer, Runnable::run, fetches::add, event -> {});
    private final QueueSpec spec = QueueSpec.builder("q", WorkerSpec.worker("acme/worker:1"))
            .poll(Duration.ofSeconds(20))
            .build();
    private final Polls polls = new Polls(engine, intake, new Poller(source, intake, engine, () -> spec), () -> {});

    private int finishPolls() {
        int polled = fetches.size();
        fetches.forEach(Runnable::run);
        fetches.clear();
        return polled;
    }

    private int pollsWithin(Duration time) {
        timer.advance(time);
        return finishPolls();
    }

    private void firstPoll() {
        polls.start();
        assertThat(pollsWithin(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void pollsFollowEachOtherAfterTheWaitThatTheLastOneGave() {
        firstPoll();

        assertThat(pollsWithin(Duration.ofSeconds(19))).isZero();
        assertThat(pollsWithin(Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(timer.waits()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void oneThatIsAskedForComesSoonerButKeepsItsDistance() {
        firstPoll();
        polls.soon();
        polls.soon();
        assertThat(timer.waits()).containsExactly(Polls.DISTANCE);

        assertThat(pollsWithin(Polls.DISTANCE)).isEqualTo(1);
        assertThat(timer.waits()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void pollsNeverOverlap() {
        polls.start();
        timer.advance(Duration.ZERO);
        polls.soon();
        timer.advance(Duration.ofMinutes(1));

        assertThat(finishPolls()).isEqualTo(1);
    }

    @Test
    void whateverEndsAPollTheNextOneComes() {
        source.beforeList(() -> {
            source.beforeList(() -> {});
            throw new StackOverflowError("a defect of the source");
        });
        firstPoll();
        assertThat(intake.trouble()).contains("a defect of the source");
        assertThat(pollsWithin(Duration.ofSeconds(2))).isEqualTo(1);
        assertThat(intake.trouble()).isEmpty();

        Thread.currentThread().interrupt();
        source.beforeList(() -> {
            throw new IllegalStateException(new InterruptedException());
        });
        assertThat(pollsWithin(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(timer.waits()).hasSize(1);
    }

    @Test
    void aSourceInTroubleIsNotAskedSoonerThanItsBackoff() {
        source.down(SourceException.busy("It is busy.", Duration.ofSeconds(90)));
        firstPoll();
        polls.soon();

        assertThat(timer.waits()).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void nothingIsAskedAfterTheEnd() {
        firstPoll();
        polls.close();
        polls.soon();

        assertThat(pollsWithin(Duration.ofMinutes(1))).isZero();
    }
}
