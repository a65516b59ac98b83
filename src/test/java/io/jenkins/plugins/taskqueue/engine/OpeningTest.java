package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.fake.ManualTimer;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    private static final QueueSpec SPEC =
            QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1")).build();

    private final ManualQueue world = new ManualQueue();
    private final ManualTimer timer = new ManualTimer(world.clock);
    private final List<Runnable> waiting = new ArrayList<>();
    private final Deque<Throwable> openings = new ArrayDeque<>();

    /** The fake, whose openings fail first as the test has set it. */
    private Cluster cluster() {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open") && !openings.isEmpty()) {
                        throw openings.remove();
                    }
                    try {
                        return method.invoke(world.cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private QueueManager manager(Executor calls) {
        var engine = new Engine(world.clock, world.clock.steady(), timer, calls, waiting::add, world.events::add);
        var manager = new QueueManager(SPEC, FakeSource.of(1), cluster(), null, engine);
        manager.start();
        return manager;
    }

    private List<String> notices() {
        return world.events.stream()
                .filter(Event.Notice.class::isInstance)
                .map(event -> ((Event.Notice) event).sentence())
                .toList();
    }

    @Test
    void whateverGoesWrongIsToldAndTheQueueIsOpenedAgain() {
        openings.add(new IllegalStateException("a defect"));
        openings.add(new NoClassDefFoundError("gone"));
        openings.add(new InterruptedException());
        openings.add(new ClusterException(ClusterException.Kind.PASSING, "no answer in 10 s"));

        QueueManager manager = manager(Runnable::run);
        assertThat(manager.status().sentence()).contains("a defect").contains("Trying again in");
        assertThat(manager.lastPass()).isEqualTo(Instant.MIN);
        timer.advance(Duration.ofSeconds(60));
        Thread.interrupted(); // which the opening has left as it found it

        assertThat(notices())
                .hasSize(4)
                .anyMatch(notice -> notice.contains("gone"))
                .allMatch(notice -> notice.matches("[^.]*(\\.[^.]*)*[^.]\\. Trying again in [1-9][0-9]* s\\."));
        assertThat(manager.lastPass()).isAfter(Instant.MIN);
        assertThat(manager.failure()).isEmpty();
    }

    @Test
    void openingWaitsOnNoThreadOfTheTimer() {
        List<Runnable> calls = new ArrayList<>();
        QueueManager manager = manager(calls::add);
        timer.advance(Duration.ofSeconds(1)); // all that the timer had to do is done

        assertThat(calls).hasSize(1);
        calls.get(0).run();
        timer.advance(Duration.ofSeconds(1));
        assertThat(manager.lastPass()).isAfter(Instant.MIN);
    }

    @Test
    void whatCanNotBeOpenedIsNotTriedAgain() {
        openings.add(new ClusterException(ClusterException.Kind.FATAL, "A right is missing."));

        QueueManager manager = manager(Runnable::run);
        timer.advance(Duration.ofMinutes(1));

        assertThat(manager.failure()).contains("A right is missing.");
        assertThat(manager.lastPass()).isEqualTo(Instant.MIN);
    }

    @Test
    void aManagerThatWasClosedOpensNothingMore() {
        openings.add(new ClusterException(ClusterException.Kind.PASSING, "Nobody is there."));
        QueueManager manager = manager(Runnable::run);
        manager.close();
        timer.advance(Duration.ofMinutes(1));

        assertThat(manager.lastPass()).isEqualTo(Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aClockThatIsSetMovesNoPass(int minutes) {
        QueueManager manager = manager(Runnable::run);
        timer.advance(Duration.ofSeconds(5));
        world.clock.jump(Duration.ofMinutes(minutes));
        Instant last = manager.lastPass();
        manager.pause(true);

        assertThat(timer.waits()).anyMatch(wait -> !wait.isNegative() && wait.toMillis() < 100);
        timer.advance(Duration.ofMillis(100));
        assertThat(manager.lastPass()).isAfter(last);
    }

    @Test
    void aDefectInAPassIsToldAndTheNextPassBeginsAnew() {
        var failing = new ArrayDeque<>(List.of(new StackOverflowError("too deep")));
        var engine = new Engine(world.clock, world.clock.steady(), timer, Runnable::run, Runnable::run, event -> {
            if (event instanceof Event.Listed && !failing.isEmpty()) {
                throw failing.remove();
            }
            world.events.add(event);
        });
        var manager = new QueueManager(SPEC, FakeSource.of(1), cluster(), null, engine);
        manager.start();
        timer.advance(Duration.ofSeconds(5));

        assertThat(notices()).singleElement().asString().contains("too deep").contains("Trying again in 1 s");
        assertThat(manager.status().count(ItemState.STARTING)).isEqualTo(1);
        assertThat(manager.failure()).isEmpty();
    }

    @Test
    void aDefectThatComesAgainAndAgainEndsTheManagerWithASentence() {
        var engine = new Engine(world.clock, world.clock.steady(), timer, Runnable::run, Runnable::run, event -> {
            if (event instanceof Event.Listed) {
                throw new IllegalStateException("always");
            }
            world.events.add(event);
        });
        var manager = new QueueManager(SPEC, FakeSource.of(1), cluster(), null, engine);
        manager.start();
        timer.advance(Duration.ofMinutes(3));

        assertThat(manager.failure())
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("A defect in Task Queue").contains("always"));
    }
}
