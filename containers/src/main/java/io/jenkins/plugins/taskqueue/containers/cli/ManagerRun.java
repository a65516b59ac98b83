package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.web.Feed;
import io.jenkins.plugins.taskqueue.containers.web.Health;
import io.jenkins.plugins.taskqueue.containers.web.Metrics;
import io.jenkins.plugins.taskqueue.containers.web.StatusServer;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One life of a queue manager, from its start to its end or its being stopped. */
final class ManagerRun implements AutoCloseable {
    private static final Duration FRAME = Duration.ofMillis(250);

    private final RunRequest request;
    private final Terminal terminal;
    private final InstantSource clock;
    private final SteadyClock steady = new SteadyClock();
    private final Display display;
    private final ManagerThreads threads;
    private final QueueManager manager;
    private final Metrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private StatusServer server;

    ManagerRun(RunRequest request, Terminal terminal, InstantSource clock) {
        this.request = request;
        this.terminal = terminal;
        this.clock = clock;
        this.display = display(request, terminal, clock);
        this.threads = new ManagerThreads(request.calls());
        Engine engine = new Engine(clock, steady, threads.timer(), threads.calls(), threads.fetches(), this::event);
        this.manager = new QueueManager(request.spec(), request.source(), request.cluster(), request.logs(), engine);
        this.metrics = new Metrics(request.spec().name(), manager::status);
    }

    private static Display display(RunRequest request, Terminal terminal, InstantSource clock) {
        boolean text = request.output() == OutputFormat.TEXT;
        if (text ? terminal.outIsLive() : terminal.errIsLive()) {
            return new LiveDisplay(text ? terminal.out() : terminal.err(), terminal.size(), clock);
        }
        return new PlainDisplay(text ? terminal.out() : terminal.err(), clock, request.hints()::log);
    }

    private void event(Event event) {
        metrics.accept(event);
        // Why the run can't go on is said once, at its end.
        boolean isFailure = event instanceof Event.Notice notice
                && manager.failure().filter(notice.sentence()::equals).isPresent();
        if (!isFailure) {
            display.event(event);
        }
    }

    /**
     * Works until the end.
     *
     * @return the process's exit code; of no meaning when {@link #stop} was called
     * @throws CannotGoOnException when the status page can't be served or the queue can't go on
     */
    int run() throws InterruptedException {
        display.line(
                "Queue \"" + request.spec().name() + "\": " + request.source().describe() + ", on "
                        + request.cluster().describe() + ", at most "
                        + request.spec().parallelism() + " at once.");
        servePage();
        manager.start();
        do {
            display.update(manager.status());
        } while (!manager.awaitEnd(FRAME));
        display.close();
        if (isStopped()) {
            return ExitCode.CANNOT_GO_ON;
        }
        Optional<String> failure = manager.failure();
        if (failure.isPresent()) {
            throw new CannotGoOnException(failure.get());
        }
        Status end = manager.status();
        RunReport.print(end, request.output(), terminal, clock.instant());
        String closing = request.closing().get();
        if (!closing.isEmpty()) {
            display.line(closing);
        }
        if (request.serve() && server != null) {
            display.line("The page stays at " + server.uri() + " until you press Ctrl-C.");
            stop.await();
        }
        return ExitCode.of(end);
    }

    private void servePage() {
        if (request.page().isEmpty()) {
            return;
        }
        try {
            server = new StatusServer(
                    request.page().get(), new Feed(manager::status, this::log, this::health, clock, metrics));
        } catch (IOException e) {
            throw new CannotGoOnException(e.getMessage(), e);
        }
        display.line("Status page: " + server.uri());
    }

    private Optional<String> log(String item) {
        try {
            return manager.log(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Health health() {
        return Health.of(
                manager.failure(),
                manager.end().isDone(),
                manager.lastPass(),
                steady.instant(),
                manager.hasListing(),
                manager.status().sentence());
    }

    boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Stops at once and cleanly, and says how to go on. From another thread than {@link #run}'s. */
    void stop() {
        boolean working = !manager.end().isDone();
        stop.countDown();
        display.close();
        close();
        if (working) {
            terminal.err().println(request.hints().whenStopped());
        }
    }

    @Override
    public void close() {
        display.close();
        manager.close();
        if (server != null) {
            server.close();
        }
        threads.close();
    }
}
