package io.jenkins.plugins.taskqueue.containers.local;

import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One attempt: a worker's process from its start to its end. */
final class LocalPod implements Runnable {

    /** Why a pod was stopped; the first one counts. */
    enum Stop {
        DEADLINE,
        RELEASE,
        CLOSE
    }

    private final Map<String, String> contract;
    private final String data;
    private final LocalRuntime runtime;
    private final Runnable onChange;
    private final OutputTail output = new OutputTail(LogStore.TAIL_BYTES);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Future<?>> timers = new ArrayList<>();

    private volatile PodView view;
    private Stop stopped;
    private ProcessTree tree;

    LocalPod(PodView created, Map<String, String> contract, String data, LocalRuntime runtime, Runnable onChange) {
        this.view = created;
        this.contract = contract;
        this.data = data;
        this.runtime = runtime;
        this.onChange = onChange;
    }

    PodView view() {
        return view;
    }

    String log(int limit) {
        return output.text(limit);
    }

    /** Starts the worker, waits for its end and says how it ended. */
    @Override
    public void run() {
        try (AttemptFiles files = AttemptFiles.create(data)) {
            follow(files);
        } catch (IOException e) {
            end(Phase.FAILED, "StartError", e.getMessage(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Phase.FAILED, "Deleted", "The worker was stopped.", "");
        } catch (RuntimeException e) {
            end(Phase.FAILED, "StartError", "The worker can't be run with this item: " + e.getMessage(), "");
        } finally {
            onChange.run();
            ended.countDown();
        }
    }

    private void follow(AttemptFiles files) throws IOException, InterruptedException {
        for (LocalWorker stage : runtime.stages()) {
            if (!follow(stage, files)) {
                return;
            }
        }
        end(0, "", files.result());
    }

    /** Whether the next stage may follow; else the attempt has ended. */
    private boolean follow(LocalWorker stage, AttemptFiles files) throws IOException, InterruptedException {
        files.forgetResult();
        Process process = begin(stage, files);
        if (process == null) {
            end(Phase.FAILED, "Deleted", "The worker was stopped before it began.", "");
            return false;
        }
        try {
            onChange.run();
            // What the worker leaves behind ends with it, as in a container; it may hold the output open.
            CompletableFuture<Void> rest = process.onExit().thenRunAsync(tree::kill);
            drain(process.getInputStream());
            rest.join();
            int code = process.waitFor();
            if (code != 0 || isStopped()) {
                end(code, stage.title().isEmpty() ? "" : stage.title() + ": ", files.result());
                return false;
            }
            return true;
        } finally {
            kill();
        }
    }

    private synchronized boolean isStopped() {
        return stopped != null;
    }

    private synchronized Process begin(LocalWorker stage, AttemptFiles files) throws IOException {
        if (stopped != null) {
            return null;
        }
        if (!stage.title().isEmpty()) {
            byte[] heading = ("=== " + stage.title() + " ===\n").getBytes(StandardCharsets.UTF_8);
            output.append(heading, heading.length);
        }
        Process process = stage.start(files.withPaths(contract, !stage.title().isEmpty()));
        tree = new ProcessTree(process.toHandle(), "WORK_ITEM_FILE=" + files.item());
        boolean first = view.started() == null;
        Instant started = first ? runtime.clock().instant() : view.started();
        change(Phase.RUNNING, started, null, "", stage.title(), "");
        if (first && runtime.timeout() != null) {
            after(runtime.timeout(), () -> stop(Stop.DEADLINE));
        }
        return process;
    }

    private void after(Duration delay, Runnable action) {
        timers.add(runtime.timer().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void drain(InputStream stream) {
        byte[] chunk = new byte[8192];
        // The JDK swaps the stream of an ended process for what was left in it, which a reader may run into once.
        for (int tries = 0; tries < 2; tries++) {
            try {
                for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                    output.append(chunk, length);
                }
                return;
            } catch (IOException e) {
                continue;
            }
        }
    }

    /** Asks the worker to end, and ends it after the grace period. Returns at once. */
    synchronized void stop(Stop cause) {
        if (view.isTerminal() || stopped != null) {
            return;
        }
        stopped = cause;
        if (tree != null) {
            tree.terminate();
            after(runtime.grace(), this::kill);
        }
    }

    /** Whether the worker ended within that time. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void kill() {
        if (tree != null && !view.isTerminal()) {
            tree.kill();
        }
    }

    /** @param stage its title before a sentence; empty where the worker is one command */
    private synchronized void end(int code, String stage, String result) {
        if (stopped == Stop.DEADLINE) {
            String message = "The attempt took longer than its time-out of "
                    + runtime.timeout().toSeconds() + " s."
                    + (stage.isEmpty() ? "" : " It was in " + view.message() + ".");
            end(Phase.FAILED, "DeadlineExceeded", message, result);
        } else if (stopped != null) {
            end(Phase.FAILED, "Deleted", "The worker was stopped.", result);
        } else if (code == 0) {
            end(Phase.SUCCEEDED, "", "", result);
        } else {
            end(Phase.FAILED, "ExitCode", stage + ExitCodes.describe(code), result);
        }
    }

    private synchronized void end(Phase phase, String reason, String message, String result) {
        timers.forEach(timer -> timer.cancel(false));
        change(phase, view.started(), runtime.clock().instant(), reason, message, result);
    }

    private void change(Phase phase, Instant started, Instant end, String reason, String message, String result) {
        view = new PodView(
                view.batch(),
                view.index(),
                view.attempt(),
                view.name(),
                phase,
                phase == Phase.FAILED && stopped == Stop.CLOSE,
                true,
                false,
                view.created(),
                null,
                started,
                end,
                reason,
                message,
                result,
                false);
    }
}
