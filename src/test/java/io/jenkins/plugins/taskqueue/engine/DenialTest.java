package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The credentials or the right to read end while a queue works: it sees nothing and may do nothing any more. */
class DenialTest {
    private static final String SENTENCE = "The API server does not know who asks.";

    private final Driven queue = new Driven(FakeSource.of(2));
    private boolean acts = true;
    private Denial denial = Denial.NONE;

    private final Cluster cluster = Changed.by(queue.world.cluster, (call, arguments, original) -> switch (call) {
        case "mayAct" -> acts && (Boolean) original.make();
        case "denial" -> denial;
        default -> original.make();
    });

    private List<String> notices() {
        return queue.world.events.stream()
                .filter(Event.Notice.class::isInstance)
                .map(event -> ((Event.Notice) event).sentence())
                .toList();
    }

    private void start() throws Exception {
        QueueSpec spec =
                QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1")).build();
        queue.manager = new QueueManager(
                spec, queue.source, cluster, null, queue.world.engine(Runnable::run, queue.world.events::add));
        queue.manager.step();
    }

    @Test
    void runEndsWithTheSentenceOnceItIsBelieved() throws Exception {
        start();
        acts = false;
        denial = new Denial(SENTENCE, false);
        queue.pass(200);
        assertThat(queue.manager.failure()).isEmpty();

        denial = new Denial(SENTENCE, true);
        queue.pass(1);
        assertThat(queue.manager.failure()).hasValue(SENTENCE);
    }

    @Test
    void isToldWithinSecondsAndOnceThoughTheManagerStillActs() throws Exception {
        start();
        denial = new Denial(SENTENCE, false);
        queue.pass(1);
        assertThat(queue.manager.status().sentence()).isEqualTo(SENTENCE);
        assertThat(notices()).as("that may be over in a moment").isEmpty();
        queue.pass(60);
        assertThat(notices()).containsExactly(SENTENCE);

        denial = Denial.NONE;
        queue.pass(60);
        assertThat(notices()).containsExactly(SENTENCE, "This manager acts on the queue again.");
        assertThat(queue.manager.status().sentence()).isEmpty();
    }

    @Test
    void whoDoesNotActLooksAgainSoonWhetherThatCanStillChange() throws Exception {
        acts = false;
        QueueSpec spec =
                QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1")).build();
        Intake intake = new Intake();
        Engine engine = queue.world.engine();
        Actor actor = new Actor(
                cluster,
                new ItemFetch(spec, queue.source, intake, engine),
                new Teller(queue.source, intake, engine),
                null,
                engine,
                () -> {},
                sentence -> {},
                claim -> true);
        cluster.open(() -> {});
        Instant now = engine.steady().instant();

        assertThat(new Pass(cluster, intake, actor, engine)
                        .run(spec, Controls.NONE, "")
                        .wake())
                .isBeforeOrEqualTo(now.plus(Duration.ofSeconds(5)));
    }
}
