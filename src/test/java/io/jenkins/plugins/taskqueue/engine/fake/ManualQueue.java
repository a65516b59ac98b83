package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What a test needs to drive a manager by hand: everything happens on the test's thread, in order. */
public final class ManualQueue {
    public final SettableClock clock = new SettableClock();
    public final RuleBook rules = new RuleBook();
    public final FakeStore store = new FakeStore(clock, rules);
    public final FakeHand hand = new FakeHand(store);
    public final FakeCluster cluster = new FakeCluster(store);
    public final FakeKubelet kubelet = new FakeKubelet(store);
    public final List<Event> events = new ArrayList<>();

    private LogStore logs;

    public Engine engine() {
        return engine(Runnable::run, events::add);
    }

    /** @param calls carries out the calls of the cluster */
    public Engine engine(Executor calls, Consumer<Event> told) {
        return new Engine(clock, clock.steady(), null, calls, Runnable::run, told);
    }

    public Cluster cluster() {
        return cluster;
    }

    /** Where managers that are started from now on keep logs. */
    public void logs(LogStore store) {
        logs = store;
    }

    /** Nowhere, unless the test says where. */
    public LogStore logs() {
        return logs;
    }
}
