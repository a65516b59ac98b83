package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Moves pods of a {@link FakeStore} on. A pod never starts whose item's data is gone from the record, or that somebody
 * asked to delete.
 */
public final class FakeKubelet {
    private final FakeStore store;

    public FakeKubelet(FakeStore store) {
        this.store = store;
    }

    /** Starts every pending pod. */
    public void startAll() {
        store.pods().forEach(this::start);
    }

    public void start(PodView pod) {
        if (pod.phase() == Phase.PENDING && store.hasData(pod) && !store.now.deleting.contains(pod.name())) {
            store.set(FakePods.running(pod, store.clock.instant()));
        }
    }

    /** A pod of an earlier life mounts its record by name, whichever life that is of. */
    public void startStrays() {
        for (PodView pod : List.copyOf(store.now.strays.values())) {
            if (pod.phase() == Phase.PENDING && store.hasData(pod) && !store.now.deleting.contains(pod.name())) {
                store.now.strays.put(pod.name(), FakePods.running(pod, store.clock.instant()));
                store.rules.pods.startedOfAnotherLife(pod);
            }
        }
    }

    /** Ends every running pod. */
    public void endAll(BiFunction<PodView, Instant, PodView> end) {
        store.pods().stream()
                .filter(pod -> pod.phase() == Phase.RUNNING)
                .forEach(pod -> store.set(end.apply(pod, store.clock.instant())));
    }

    public void succeedAll() {
        endAll((pod, now) -> FakePods.succeeded(pod, now, "done"));
    }

    public void set(PodView pod) {
        store.set(pod);
    }

    /** A worker ends by itself; one that was told to end before has not done its item, whatever its code says. */
    public void exit(PodView pod, int code) {
        Instant now = store.clock.instant();
        if (store.now.deleting.contains(pod.name())) {
            set(FakePods.disrupted(pod, now, pod.isSuspended() ? PodView.SUSPENDED : "Deleted"));
        } else {
            set(code == 0 ? FakePods.succeeded(pod, now, "") : FakePods.failed(pod, now, "ExitCode"));
        }
    }

    /** Stops the pods that somebody asked to delete. */
    public void reap() {
        for (PodView pod : store.pods()) {
            if (store.now.deleting.contains(pod.name())) {
                if (pod.isTerminal()) {
                    store.delete(pod.name());
                } else {
                    store.set(FakePods.disrupted(
                            pod, store.clock.instant(), pod.isSuspended() ? PodView.SUSPENDED : "Deleted"));
                }
            }
        }
    }
}
