package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Carries actions out, each on a thread of the pool, and remembers what is under way and what has to wait. Never decides
 * anything: an action that failed is forgotten after its back-off, and the next decision asks for it again or not.
 */
final class Actor {
    private static final int LOG_TRIES = 3;

    private final Cluster cluster;
    private final Claims claims;
    private final OutcomeWrites outcomes;
    private final Teller teller;
    private final LogStore logStore;
    private final Engine engine;
    private final Runnable onDone;
    private final Consumer<String> onFatal;

    private final Set<String> running = new HashSet<>();
    private final Holds holds;
    private final Map<String, Instant> looks = new ConcurrentHashMap<>();
    private final Map<String, String> logs = new ConcurrentHashMap<>();
    private final Map<Integer, Underway.Report> reports = new ConcurrentHashMap<>();
    private volatile boolean runEnded;
    private volatile String leaving = "";

    Actor(
            Cluster cluster,
            ItemFetch fetch,
            Teller teller,
            LogStore logStore,
            Engine engine,
            Runnable onDone,
            Consumer<String> onFatal,
            Predicate<Action.Claim> isWanted) {
        this.cluster = cluster;
        this.outcomes = new OutcomeWrites(cluster);
        this.claims = new Claims(cluster, fetch, engine, isWanted);
        this.teller = teller;
        this.logStore = logStore;
        this.engine = engine;
        this.onDone = onDone;
        this.onFatal = onFatal;
        this.holds = new Holds(engine.events());
    }

    /** To be taken before the cluster is observed: then what is no longer under way is in the observation. */
    synchronized Underway underway() {
        return new Underway(
                Set.copyOf(running),
                holds.held(engine.steady().instant()),
                holds.unfit(),
                Map.copyOf(looks),
                Map.copyOf(logs),
                Map.copyOf(reports));
    }

    Instant lastClaim() {
        return claims.last();
    }

    Teller teller() {
        return teller;
    }

    boolean isRunEnded() {
        return runEnded;
    }

    /** Why all that the queue has is being deleted; empty where it is not. */
    String leaving() {
        return leaving;
    }

    /** Forgets what belongs to batches that are no more. */
    synchronized void keepOnly(Set<Integer> batches, Set<String> pods) {
        reports.keySet().retainAll(batches);
        logs.keySet().retainAll(pods);
        looks.keySet().retainAll(pods);
        holds.keepOnly(batches);
        outcomes.keepOnly(batches);
    }

    void perform(List<Action> actions) {
        for (Action action : actions) {
            synchronized (this) {
                if (!running.add(action.key())) {
                    continue;
                }
            }
            try {
                Executor pool = action instanceof Action.Tell ? engine.fetches() : engine.calls();
                pool.execute(() -> carryOut(action));
            } catch (RejectedExecutionException closing) {
                forget(action);
            }
        }
    }

    /** Whatever ends a call is told, and the action comes again: nothing may end it for ever. */
    private void carryOut(Action action) {
        try {
            if (cluster.mayAct() || isLettingGo(action)) {
                call(action);
                done(action);
            } else {
                forget(action);
            }
        } catch (ClusterException e) {
            failed(action, e);
        } catch (SourceException e) {
            untold(action, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            forget(action);
        } catch (RuntimeException | Error e) {
            unexpected(action, e);
        } finally {
            onDone.run();
        }
    }

    /** Where all is being deleted there is no lease any more either, and who lets go does no harm. */
    private boolean isLettingGo(Action action) {
        return action instanceof Action.Sweep
                && (!leaving.isEmpty() || cluster.observed().run().deleted());
    }

    private void call(Action action) throws ClusterException, SourceException, InterruptedException {
        if (action instanceof Action.Claim claim) {
            // The next decision would ask for the Jobs, but would come a pass later.
            claims.claim(claim, record -> perform(List.of(new Action.StartJob(record))));
        } else if (action instanceof Action.ClaimCancelled claim) {
            claims.cancelled(claim);
        } else if (action instanceof Action.Settle) {
            cluster.settle();
        } else if (action instanceof Action.StartJob start) {
            cluster.startJob(start.record());
        } else if (action instanceof Action.StartPod start) {
            cluster.startPod(start.record(), start.index(), start.attempt());
        } else if (action instanceof Action.StopPod stop) {
            cluster.stopPod(stop.pod());
        } else if (action instanceof Action.Look look) {
            Instant begun = engine.steady().instant();
            cluster.look(look.pod());
            looks.put(look.pod().name(), begun);
        } else if (action instanceof Action.Probe) {
            cluster.probe();
        } else if (action instanceof Action.KeepLog keep) {
            keepLog(keep);
        } else if (action instanceof Action.WriteOutcomes write) {
            outcomes.write(write);
        } else if (action instanceof Action.Release release) {
            cluster.release(release.record(), release.pods());
        } else if (action instanceof Action.Report report) {
            cluster.report(report.record(), report.pods());
            Underway.Report told = new Underway.Report(engine.steady().instant(), report.digest());
            reports.put(report.record().number(), told);
        } else if (action instanceof Action.Finish finish) {
            finish(finish);
        } else if (action instanceof Action.Sweep sweep) {
            cluster.sweep(sweep.jobs(), sweep.pods());
        } else if (action instanceof Action.Merge merge) {
            cluster.merge(merge.merged(), merge.replaced());
        } else if (action instanceof Action.Forget forget) {
            cluster.write(forget.record().without(forget.items()));
        } else if (action instanceof Action.Tell tell) {
            teller.tell(tell);
        } else if (action instanceof Action.EndRun end) {
            cluster.endRun();
            if (end.delete()) {
                cluster.delete();
            }
            runEnded = true;
        }
    }

    private void finish(Action.Finish finish) throws ClusterException, InterruptedException {
        if (finish.awaited()) {
            cluster.report(finish.record(), finish.pods());
        }
        if (!finish.pods().isEmpty()) {
            cluster.release(finish.record(), finish.pods());
        }
        if (finish.hasJob()) {
            cluster.deleteJob(finish.record());
        }
    }

    private void keepLog(Action.KeepLog keep) throws ClusterException, InterruptedException {
        String log = cluster.log(keep.pod(), LogStore.TAIL_BYTES);
        try {
            if (logStore != null) {
                logStore.keep(keep.item(), keep.pod().batch(), keep.pod().attempt(), log);
            }
        } catch (UncheckedIOException e) {
            // A full disk must not cost the record the end of the log as well.
            engine.events().accept(new Event.Notice(e.getMessage() + ": " + e.getCause()));
        }
        logs.put(keep.pod().name(), Tails.last(log, Outcome.LOG_TAIL_BYTES));
    }

    private synchronized void forget(Action notCarriedOut) {
        running.remove(notCarriedOut.key());
    }

    private synchronized void done(Action action) {
        running.remove(action.key());
        if (action instanceof Action.Finish
                || action instanceof Action.Sweep
                || action instanceof Action.Probe
                || action instanceof Action.Merge
                || action instanceof Action.Release
                || action instanceof Action.StopPod) {
            holds.settle(action.key(), engine.steady().instant());
        } else {
            holds.forget(action.key());
        }
    }

    private synchronized void failed(Action action, ClusterException failure) {
        String key = action.key();
        running.remove(key);
        boolean gone = failure.kind() == ClusterException.Kind.GONE;
        if ((holds.failed(key) >= LOG_TRIES || gone) && action instanceof Action.KeepLog keep) {
            holds.forget(key);
            logs.put(keep.pod().name(), "");
            return;
        }
        if (failure.kind() == ClusterException.Kind.FATAL) {
            onFatal.accept(failure.getMessage());
        } else if (failure.kind() == ClusterException.Kind.LEAVING) {
            leaving = failure.getMessage();
        } else {
            holds.hold(key, failure, engine.steady().instant());
        }
        if (failure.kind() == ClusterException.Kind.UNFIT && action instanceof Action.StartPod start) {
            holds.unfit(key, start.record().number(), failure.getMessage());
        }
    }

    private synchronized void unexpected(Action action, Throwable e) {
        running.remove(action.key());
        holds.failed(action.key());
        holds.unexpected(action.key(), e, engine.steady().instant());
    }

    private synchronized void untold(Action action, SourceException failure) {
        String key = action.key();
        running.remove(key);
        holds.failed(key);
        Instant now = engine.steady().instant();
        holds.trouble(key, now, "SourceUnavailable", failure.getMessage());
        holds.atLeastUntil(key, now.plus(failure.retryAfter()));
    }
}
