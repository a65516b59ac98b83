package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCalls.Request;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * One manager's connection to a {@link FakeStore}. What it observes lags behind until {@link #sync}, but for what it
 * changed itself. Calls fail when the test says so, before or after they took effect; between the requests that a call
 * is made of, anything may happen.
 */
public final class FakeCluster implements Cluster {
    private static final AtomicInteger MANAGERS = new AtomicInteger();

    private final FakeStore store;
    private final FakeClaims claims;
    final FakeView view;
    final FakeCalls calls;
    final String me = "manager " + MANAGERS.incrementAndGet();
    int life = 1;
    private boolean acting = true;
    private boolean automatic = true;
    private boolean actsOnce;
    private boolean blind;

    public FakeCluster(FakeStore store) {
        this.store = store;
        view = new FakeView(store);
        calls = new FakeCalls(store);
        claims = new FakeClaims(store, this);
    }

    /** From now on only what {@link #sync} brings, and its own writes, is observed. */
    public FakeCluster lagging() {
        automatic = false;
        return this;
    }

    public void sync() {
        view.everything();
    }

    /** To have it see some kinds of objects and not others. */
    public FakeView view() {
        return view;
    }

    /** While blind no pod is seen. */
    public FakeCluster blind(boolean seesNoPods) {
        blind = seesNoPods;
        return this;
    }

    /** Acts when it is asked next, and then no more: the lease is lost between a decision and its calls. */
    public void actingOnce() {
        actsOnce = true;
    }

    /** Whether its lease is held: then it takes the queue, also one that another believes to act on. */
    public FakeCluster acting(boolean acts) {
        acting = acts;
        observed();
        if (acts && !view.holder().equals(me)) {
            store.owner.take(life, me);
            acting = false;
            view.list(calls.pause);
            acting = true;
        }
        return this;
    }

    public boolean isActing() {
        return acting;
    }

    /** Of the calls that are under way nothing more comes. */
    public void kill() {
        calls.dead = true;
    }

    public int calls() {
        return calls.made;
    }

    /** Something that happens just before the next call of that name takes effect. */
    public FakeCluster before(String call, Runnable happens) {
        calls.before.put(call, happens);
        return this;
    }

    /** @param call tells whether the call of that name fails without having had an effect */
    public FakeCluster failBefore(Kind kind, Predicate<String> call) {
        calls.failure = kind;
        calls.failsBefore = call;
        return this;
    }

    /** @param call tells whether the answer of the call of that name is lost */
    public FakeCluster failAfter(Predicate<String> call) {
        calls.failsAfter = call;
        return this;
    }

    /** @param call tells whether the call of that name gets no answer, and has its effect later */
    public FakeCluster late(Predicate<String> call) {
        calls.late = call;
        return this;
    }

    /** @param happens before each request, and between it and its answer */
    public FakeCluster pausing(Runnable happens) {
        calls.pause = happens;
        return this;
    }

    /** A task of this manager that was decided on by what it sees now, however much later it runs. */
    public Runnable decided(Runnable task) {
        return calls.decidedOn(view.observed(), task);
    }

    Observed basis() {
        return calls.basis == null ? observed() : calls.basis;
    }

    <T> T call(String name, FakeCalls.Call<T> call, Runnable seen) throws ClusterException {
        T answer = calls.make(name, call);
        if (automatic) {
            sync();
        } else {
            seen.run();
        }
        return answer;
    }

    void run(String name, Request request, Runnable seen) throws ClusterException {
        call(
                name,
                () -> {
                    request.make();
                    return null;
                },
                seen);
    }

    @Override
    public void open(Runnable onChange) throws ClusterException {
        run("open", () -> view.opened(life = store.owner.open()), () -> view.anew(calls.pause));
        acting(acting);
    }

    @Override
    public Observed observed() {
        if (automatic) {
            sync();
        }
        return blind ? view.withoutPods() : view.observed();
    }

    @Override
    public boolean mayAct() {
        observed();
        boolean acts = acting && !calls.dead && view.holder().equals(me);
        acting &= !actsOnce;
        return acts;
    }

    @Override
    public BatchRecord claim(Claim claim) throws ClusterException {
        return claims.claim(claim);
    }

    @Override
    public void settle() throws ClusterException {
        claims.settle();
    }

    @Override
    public BatchRecord write(BatchRecord record) throws ClusterException {
        return call("write", () -> store.write(life, record), () -> view.record(FakeObjects.key(record)));
    }

    @Override
    public void startJob(BatchRecord record) throws ClusterException {
        run("startJob", () -> store.startJob(life, record), () -> view.job(record.number()));
    }

    @Override
    public void startPod(BatchRecord record, int index, int attempt) throws ClusterException {
        Observed decidedOn = basis();
        int batch = record.number();
        Request request = () -> {
            if (!view.observed().jobs().containsKey(batch) && !store.now.jobs.containsKey(batch)) {
                throw new ClusterException(Kind.GONE, "The Job " + batch + " is no more.");
            }
            store.startPod(life, record, index, attempt, decidedOn);
        };
        run("startPod", request, () -> view.pod(batch + "-" + index + "-" + attempt, true));
    }

    @Override
    public void stopPod(PodView pod) throws ClusterException {
        Observed decidedOn = basis();
        Request request = () -> {
            if (store.isCurrent(life)) {
                store.mark(pod.name(), decidedOn);
                calls.moment();
                store.delete(pod.name());
            }
        };
        run("stopPod", request, () -> view.pod(pod.name(), true));
    }

    @Override
    public void look(PodView pod) throws ClusterException {
        run("look", () -> {}, () -> view.pod(pod.name(), true));
    }

    @Override
    public String log(PodView pod, int limit) throws ClusterException {
        try {
            return call("log", () -> "log of " + pod.name(), () -> {});
        } catch (ClusterException e) {
            store.rules.pods.logRefused(pod);
            throw e;
        }
    }

    @Override
    public void report(BatchRecord record, List<PodView> pods) throws ClusterException {
        run("report", () -> store.report(record.number(), record.isEnded()), () -> view.job(record.number()));
    }

    /** The deletion comes first: whoever goes on after a crash sees by the finalizer that something is left to do. */
    @Override
    public void release(BatchRecord record, List<PodView> pods) throws ClusterException {
        Request request = () -> {
            for (PodView pod : pods) {
                if (store.isCurrent(life)) {
                    store.deleteReleased(pod.name());
                    calls.moment();
                    store.untrack(pod.name());
                }
            }
        };
        run("release", request, () -> pods.forEach(pod -> view.pod(pod.name(), true)));
    }

    @Override
    public void deleteJob(BatchRecord record) throws ClusterException {
        run("deleteJob", () -> store.deleteJob(life, record), () -> view.job(record.number()));
    }

    @Override
    public void sweep(Set<Integer> jobs, List<PodView> pods) throws ClusterException {
        // Where its view is older, a fresh read may say that a record tells of the pod.
        run("sweep", () -> store.sweep(life, jobs, pods), this::sync);
    }

    @Override
    public void merge(BatchRecord merged, List<BatchRecord> replaced) throws ClusterException {
        Request request = () -> {
            store.createMerged(life, merged, replaced);
            for (BatchRecord old : replaced) {
                calls.moment();
                store.replace(life, old, merged);
            }
        };
        run("merge", request, () -> {
            view.record(FakeObjects.key(merged));
            replaced.forEach(old -> view.record(FakeObjects.key(old)));
        });
    }

    @Override
    public void endRun() throws ClusterException {
        claims.endRun();
    }

    @Override
    public void delete() throws ClusterException {
        run("delete", () -> store.deleteAll(life), this::sync);
    }

    @Override
    public String describe() {
        return "the fake cluster";
    }

    @Override
    public void close() {}
}
