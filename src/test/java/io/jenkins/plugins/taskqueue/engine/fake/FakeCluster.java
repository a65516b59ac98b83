package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One manager's connection to a {@link FakeStore}. What it observes lags behind until {@link #sync}, but for what it
 * changed itself. Calls fail when the test says so, before or after they took effect.
 */
public final class FakeCluster implements Cluster {
    private final FakeStore store;
    private final Map<String, Runnable> before = new HashMap<>();
    private Observed seen;
    private boolean acting = true;
    private boolean automatic = true;
    private boolean actsOnce;
    private boolean blind;
    private int calls;
    private Predicate<String> failsBefore = call -> false;
    private Predicate<String> failsAfter = call -> false;
    private Kind failure = Kind.PASSING;

    public FakeCluster(FakeStore store) {
        this.store = store;
    }

    /** From now on only what {@link #sync} brings, and its own writes, is observed. */
    public FakeCluster lagging() {
        automatic = false;
        return this;
    }

    public void sync() {
        seen = store.observe();
    }

    /** While blind no pod is seen, as after a watch that broke. */
    public FakeCluster blind(boolean seesNoPods) {
        blind = seesNoPods;
        return this;
    }

    /** Acts when it is asked next, and then no more: the lease is lost between a decision and its calls. */
    public void actingOnce() {
        actsOnce = true;
    }

    public FakeCluster acting(boolean acts) {
        acting = acts;
        return this;
    }

    /** How many calls were made so far. */
    public int calls() {
        return calls;
    }

    /** Something that happens just before the next call of that name takes effect. */
    public FakeCluster before(String call, Runnable happens) {
        before.put(call, happens);
        return this;
    }

    /** @param call tells whether the call of that name fails without having had an effect */
    public FakeCluster failBefore(Kind kind, Predicate<String> call) {
        failure = kind;
        failsBefore = call;
        return this;
    }

    /** @param call tells whether the answer of the call of that name is lost */
    public FakeCluster failAfter(Predicate<String> call) {
        failsAfter = call;
        return this;
    }

    private interface Call<T> {
        T make() throws ClusterException;
    }

    private <T> T call(String name, Call<T> call) throws ClusterException {
        calls++;
        if (failsBefore.test(name)) {
            throw new ClusterException(failure, name + " failed.");
        }
        Runnable happens = before.remove(name);
        if (happens != null) {
            happens.run();
        }
        T answer = call.make();
        if (failsAfter.test(name)) {
            throw new ClusterException(Kind.PASSING, "The answer to " + name + " was lost.");
        }
        sync();
        return answer;
    }

    private void run(String name, Runnable call) throws ClusterException {
        call(name, () -> {
            call.run();
            return null;
        });
    }

    @Override
    public void open(Runnable onChange) throws ClusterException {
        run("open", store::open);
    }

    @Override
    public Observed observed() {
        if (automatic) {
            sync();
        }
        return blind ? new Observed(seen.run(), seen.records(), seen.jobs(), Map.of(), seen.others()) : seen;
    }

    @Override
    public boolean mayAct() {
        boolean acts = acting;
        acting &= !actsOnce;
        return acts;
    }

    @Override
    public BatchRecord claim(Claim claim) throws ClusterException {
        return call("claim", () -> store.claim(claim));
    }

    @Override
    public BatchRecord write(BatchRecord record) throws ClusterException {
        return call("write", () -> store.write(record));
    }

    @Override
    public void startJob(BatchRecord record) throws ClusterException {
        call("startJob", () -> {
            store.startJob(record);
            return null;
        });
    }

    @Override
    public void startPod(BatchRecord record, int index, int attempt) throws ClusterException {
        call("startPod", () -> {
            store.startPod(record, index, attempt);
            return null;
        });
    }

    @Override
    public void stopPod(PodView pod) throws ClusterException {
        run("stopPod", () -> store.stop(pod.name()));
    }

    @Override
    public String log(PodView pod, int limit) throws ClusterException {
        return call("log", () -> "log of " + pod.name());
    }

    @Override
    public void report(BatchRecord record, List<PodView> pods) throws ClusterException {
        run("report", () -> store.report(record.number(), record.isEnded()));
    }

    @Override
    public void release(BatchRecord record, List<PodView> pods) throws ClusterException {
        run("release", () -> pods.forEach(pod -> store.deleteReleased(pod.name())));
        run("untrack", () -> pods.forEach(pod -> store.untrack(pod.name())));
    }

    @Override
    public void sweep(Set<Integer> jobs, List<PodView> pods) throws ClusterException {
        run("sweep", () -> store.sweep(jobs, pods));
    }

    @Override
    public void deleteJob(BatchRecord record) throws ClusterException {
        run("deleteJob", () -> store.deleteJob(record));
    }

    @Override
    public void merge(BatchRecord merged, List<BatchRecord> replaced) throws ClusterException {
        call("merge", () -> {
            store.merge(merged, replaced);
            return null;
        });
    }

    @Override
    public void endRun() throws ClusterException {
        run("endRun", () -> store.runEnded = true);
    }

    @Override
    public void delete() throws ClusterException {
        run("delete", store::deleteAll);
    }

    @Override
    public String describe() {
        return "the fake cluster";
    }

    @Override
    public void close() {}
}
