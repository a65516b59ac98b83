package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.scaling.Scaler;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Works off one queue. Level-triggered: kill it at any moment, start it again anywhere, and it goes on. Thread-safe;
 * nothing here blocks but {@link #awaitEnd} and {@link #log}.
 */
public final class QueueManager implements AutoCloseable {
    /** Passes come at least so often, though nothing happens: so it can be told that the loop is alive. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final Backoff DEFECT = new Backoff(Duration.ofSeconds(1), 4, HEARTBEAT, 0);
    private static final int MOST_DEFECTS = 5;

    private final Source source;
    private final Cluster cluster;
    private final LogStore logStore;
    private final Engine engine;
    private final Intake intake = new Intake();
    private final Actor actor;
    private final Opening opening;
    private final Poller poller;
    private final Polls polls;
    private final Loop loop;
    private final Slots slots;
    private final Scaler scaler;
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    private volatile QueueSpec spec;
    private final AtomicReference<Controls> controls = new AtomicReference<>(Controls.NONE);
    private volatile Status status;
    private volatile String failure;
    private volatile Instant lastPass = Instant.MIN;
    private volatile boolean closed;
    private volatile Pass pass;
    private int defects;

    /** @param logStore where whole logs are kept; null for nowhere */
    public QueueManager(QueueSpec spec, Source source, Cluster cluster, LogStore logStore, Engine engine) {
        this.spec = spec;
        this.slots = new Slots(spec.parallelism());
        this.source = source;
        this.cluster = cluster;
        this.logStore = logStore;
        this.scaler = new Scaler(spec.scaling(), engine.steady());
        this.engine = engine.alsoTelling(scaler::see);
        ItemFetch fetch = new ItemFetch(spec, source, intake, engine);
        this.loop = new Loop(engine.steady(), engine.timer(), this::pass);
        Teller teller = new Teller(source, intake, engine);
        this.actor = new Actor(cluster, fetch, teller, logStore, engine, loop::trigger, this::fail, this::isWanted);
        var told = new Opening.Told(loop::trigger, this::opened, this::notOpened, this::fail);
        this.opening = new Opening(cluster, engine, spec.name(), told);
        this.poller = new Poller(source, intake, engine, () -> this.spec);
        this.polls = new Polls(engine, intake, poller, loop::trigger);
        this.status = empty(spec.withParallelism(allowed()), Status.Phase.WAITING, "");
    }

    /** Begins to work, in the background. To be called once. */
    public void start() {
        opening.begin();
        polls.start();
    }

    /** What is so now. Cheap. */
    public Status status() {
        return status;
    }

    /**
     * When the last pass began, by the steady time; {@link Instant#MIN} before the first. While it works one begins every
     * {@link #HEARTBEAT}.
     */
    public Instant lastPass() {
        return lastPass;
    }

    /** Whether the source has given a complete listing. */
    public boolean hasListing() {
        return intake.listing() != Listing.NONE;
    }

    /** Waits until the run has ended. Returns whether it has. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        try {
            end.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Completes with the last status when the run has ended, or can't go on. */
    public CompletableFuture<Status> end() {
        return end.copy();
    }

    /** Why the queue can't go on; empty while it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it was this manager that ended the run, not another one of the same queue. */
    public boolean endedRun() {
        return actor.isRunEnded();
    }

    /** Stops the run: what runs is stopped, what has not ended is CANCELLED, and nothing of it is left. */
    public void cancel() {
        controls.updateAndGet(asked -> asked.withStop(Stop.ABORT));
        loop.trigger();
    }

    /**
     * Cancels one item, the run goes on: what runs of it is stopped, and nothing of it is started in this run unless a
     * person asks for a retry. An item that has ended, or is not known, stays as it is. It holds over a restart as soon
     * as the status shows it.
     */
    public void cancelItem(String item) {
        controls.updateAndGet(asked -> asked.withCancelled(item));
        loop.trigger();
    }

    /** Whether anything new is started. What runs goes on. */
    public void pause(boolean paused) {
        controls.updateAndGet(asked -> asked.withPaused(paused));
        loop.trigger();
    }

    /** The most items at once, as it was set last. */
    public int parallelism() {
        return spec.parallelism();
    }

    /** The most items at once that the queue has a use for by its traffic; without scaling there is no telling. */
    public int wantedParallelism() {
        return scaler.parallelism();
    }

    /** Changes how many items run at once, at the most. Nothing that runs is stopped. */
    public void setParallelism(int most) {
        slots.allow(most);
        spec = spec.withParallelism(most);
        loop.trigger();
    }

    /**
     * The most items that are started and have not ended, or that may be with what {@link #setParallelism} has allowed so
     * far: for whoever shares a limit among queues. -1 before the first pass, when nobody knows yet what runs.
     */
    public int mostStarted() {
        return slots.most();
    }

    /**
     * The log of an item's last attempt: live from its pod, else what was kept of it.
     *
     * @return empty where the item is not known or has no log (any more)
     */
    public Optional<String> log(String item) throws InterruptedException {
        return new ItemLog(cluster, logStore).read(status, item);
    }

    private void opened() {
        pass = new Pass(cluster, intake, actor, engine);
        loop.trigger();
    }

    private void notOpened(String sentence) {
        status = empty(spec.withParallelism(allowed()), Status.Phase.WAITING, sentence);
        engine.events().accept(new Event.Notice(sentence));
    }

    /** One pass; for a driver that has no timer, such as a test. */
    void pass() {
        if (closed || end.isDone() || pass == null) {
            return;
        }
        QueueSpec decided = spec.withParallelism(allowed());
        lastPass = engine.steady().instant();
        try {
            take(pass.run(decided, controls.get(), scaler.sentence()), decided);
            defects = 0;
        } catch (RuntimeException | Error e) {
            defect(e);
        }
    }

    private void take(Pass.Result result, QueueSpec decided) {
        if (!result.over().isEmpty()) {
            fail(result.over());
            return;
        }
        if (!result.settled().isEmpty()) {
            controls.updateAndGet(asked -> asked.withoutCancelled(result.settled()));
        }
        slots.seen(result.slots(), result.claiming(), decided.parallelism());
        status = result.status() == null ? status : result.status();
        scale(result);
        if (status.phase().isEnd()) {
            polls.close();
            end.complete(status);
        } else {
            if (result.asksAgain()) {
                polls.soon();
            }
            Instant heartbeat = lastPass.plus(HEARTBEAT);
            loop.wakeAt(result.wake().isBefore(heartbeat) ? result.wake() : heartbeat);
        }
    }

    /** What a pass remembers may be half of what it should: the next begins from what is there, and anew. */
    private void defect(Throwable e) {
        Duration wait = DEFECT.delay(++defects, 0);
        loop.wakeAt(lastPass.plus(wait));
        String what = "A defect in Task Queue stopped the queue \"" + spec.name() + "\"; please report it: " + e;
        if (defects == MOST_DEFECTS && e instanceof RuntimeException) {
            fail(what);
            return;
        }
        pass = new Pass(cluster, intake, actor, engine);
        engine.events().accept(new Event.Notice(what + ". Trying again in " + wait.toSeconds() + " s."));
    }

    private int allowed() {
        return Math.min(spec.parallelism(), wantedParallelism());
    }

    /** What is decided holds from the next pass on. */
    private void scale(Pass.Result result) {
        if (status.phase() == Status.Phase.RUNNING) {
            scaler.decide(status.count(ItemState.PENDING), result.slots(), result.refused())
                    .ifPresent(decision -> {
                        engine.events().accept(new Event.Scaled(decision));
                        loop.trigger();
                    });
        }
    }

    /** Opens and polls once on the caller's thread; for a driver that has no timer. */
    void step() throws InterruptedException {
        if (pass == null) {
            opening.open();
        }
        poller.poll();
    }

    private boolean isWanted(Action.Claim claim) {
        return claim.parallelism() <= allowed()
                && !controls.get().paused()
                && !controls.get().stop().isStopped();
    }

    private void fail(String sentence) {
        failure = sentence;
        engine.events().accept(new Event.Notice(sentence));
        polls.close();
        end.complete(status);
    }

    private static Status empty(QueueSpec spec, Status.Phase phase, String sentence) {
        return new Status(
                spec.name(), "", phase, sentence, spec.parallelism(), Map.of(), 0, null, null, null, List.of());
    }

    /** Stops working at once. Everything that runs goes on, and a manager that is started later takes over. */
    @Override
    public void close() {
        closed = true;
        opening.close();
        loop.close();
        polls.close();
        cluster.close();
        source.close();
        end.complete(status);
    }
}
