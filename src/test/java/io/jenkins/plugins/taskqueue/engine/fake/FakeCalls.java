package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** How the calls of one manager go: which fail, what happens meanwhile, and what each was decided on. */
final class FakeCalls {
    final Map<String, Runnable> before = new HashMap<>();
    Kind failure = Kind.PASSING;
    Predicate<String> failsBefore = call -> false;
    Predicate<String> failsAfter = call -> false;
    Predicate<String> late = call -> false;
    Runnable pause = () -> {};
    private final FakeStore store;
    boolean dead;
    int made;
    /** What the manager saw when it decided on the call that is under way; null where nobody said. */
    Observed basis;

    FakeCalls(FakeStore store) {
        this.store = store;
    }

    interface Call<T> {
        T make() throws ClusterException;
    }

    /** One that has no answer. */
    interface Request {
        void make() throws ClusterException;
    }

    <T> T make(String name, Call<T> call) throws ClusterException {
        made++;
        if (failsBefore.test(name)) {
            throw new ClusterException(failure, name + " failed.");
        }
        moment();
        Runnable happens = before.remove(name);
        if (happens != null) {
            happens.run();
        }
        if (late.test(name)) {
            store.late.add(call);
            throw new ClusterException(Kind.PASSING, "There was no answer to " + name + " in time.");
        }
        T answer = call.make();
        moment();
        if (failsAfter.test(name)) {
            throw new ClusterException(Kind.PASSING, "The answer to " + name + " was lost.");
        }
        return answer;
    }

    /** Between two requests anything may happen, but nothing more comes of a manager that is dead. */
    void moment() throws ClusterException {
        Observed mine = basis;
        pause.run();
        basis = mine;
        if (dead) {
            throw new ClusterException(Kind.PASSING, "The manager is dead.");
        }
    }

    Runnable decidedOn(Observed seen, Runnable task) {
        return () -> {
            Observed outer = basis;
            basis = seen;
            task.run();
            basis = outer;
        };
    }
}
