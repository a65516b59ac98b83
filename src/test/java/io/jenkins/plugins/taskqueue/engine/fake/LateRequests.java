package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.util.ArrayList;
import java.util.List;

/** Requests that are still on their way when nobody waits for their answers any more. */
public final class LateRequests {
    private final List<FakeCalls.Call<?>> late = new ArrayList<>();

    synchronized void add(FakeCalls.Call<?> request) {
        late.add(request);
    }

    synchronized void lose() {
        late.clear();
    }

    public synchronized int count() {
        return late.size();
    }

    /** One of them arrives. */
    public synchronized void arrive(int index) {
        try {
            late.remove(index).make();
        } catch (ClusterException nobodyWaitsForThat) {
            // its sender has given it up
        }
    }
}
