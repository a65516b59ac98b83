package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.fake.FakeCluster;
import io.jenkins.plugins.taskqueue.engine.fake.FakeKubelet;
import io.jenkins.plugins.taskqueue.engine.fake.FakeStore;
import io.jenkins.plugins.taskqueue.engine.fake.RuleBook;
import io.jenkins.plugins.taskqueue.engine.fake.SettableClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * One queue of the fake cluster in real time: after each call the pods are moved on, and every manager that is connected is
 * told. One thread at a time.
 */
final class LiveFake {
    private final SettableClock clock = new SettableClock();
    private final RuleBook rules = new RuleBook();
    private final FakeStore store = new FakeStore(clock, rules);
    private final FakeKubelet kubelet = new FakeKubelet(store);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final BooleanSupplier reachable;
    private Workers workers;
    private boolean stubborn;

    LiveFake(Workers workers, BooleanSupplier reachable) {
        this.reachable = reachable;
        this.workers = workers;
    }

    /** A manager's connection; the first that is open acts, the others look on. */
    private final class Connection implements InvocationHandler {
        private final FakeCluster cluster = new FakeCluster(store);
        private Runnable onChange = () -> {};

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            synchronized (LiveFake.this) {
                if (!reachable.getAsBoolean() && List.of("open", "delete").contains(method.getName())) {
                    throw new ClusterException(ClusterException.Kind.PASSING, "The cluster is out of reach.");
                }
                switch (method.getName()) {
                    case "mayAct": // when the first has gone the next one takes the queue
                        return cluster.acting(connections.indexOf(this) == 0).mayAct();
                    case "open":
                        cluster.acting(connections.isEmpty());
                        onChange = (Runnable) args[0];
                        listeners.add(onChange);
                        connections.add(this);
                        break;
                    case "close":
                        connections.remove(this);
                        listeners.remove(onChange);
                        break;
                    default:
                        break;
                }
                tick();
                try {
                    return method.invoke(cluster, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                } finally {
                    if (!List.of("observed", "describe", "log").contains(method.getName())) {
                        moveOn();
                    }
                }
            }
        }
    }

    Cluster connect() {
        return (Cluster) Proxy.newProxyInstance(
                LiveFake.class.getClassLoader(), new Class<?>[] {Cluster.class}, new Connection());
    }

    /** What the workers that start, and those that run, do from now on. */
    synchronized void workers(Workers behaviour) {
        workers = behaviour;
        moveOn();
    }

    /** Whether workers that are told to end do not. */
    synchronized void stubborn(boolean isSo) {
        stubborn = isSo;
        moveOn();
    }

    private void tick() {
        Duration behind = Duration.between(clock.instant(), Instant.now());
        if (!behind.isNegative()) {
            clock.advance(behind);
        }
    }

    private void moveOn() {
        tick();
        if (!stubborn) {
            kubelet.reap();
        }
        kubelet.startAll();
        for (PodView pod : store.pods()) {
            if (pod.phase() == Phase.RUNNING) {
                kubelet.set(workers.work(store.itemOf(pod), pod, clock.instant()));
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** Names of the items that have a pod. */
    synchronized List<String> running() {
        return store.pods().stream()
                .filter(pod -> !pod.isTerminal())
                .map(store::itemOf)
                .sorted()
                .toList();
    }

    /** Whether nothing of a run is left: no Job, no pod. */
    synchronized boolean isClear() {
        return store.jobs().isEmpty() && store.pods().isEmpty();
    }

    /** Whether nothing at all is left. */
    synchronized boolean isDeleted() {
        return isClear() && store.records().isEmpty();
    }

    /** How often each item succeeded. */
    synchronized Map<String, Integer> successes() {
        return Map.copyOf(rules.successes());
    }

    synchronized List<String> breaches() {
        return List.copyOf(rules.breaches());
    }

    synchronized void delete() throws ClusterException, InterruptedException {
        connect().delete();
    }
}
