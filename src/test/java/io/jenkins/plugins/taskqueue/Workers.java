package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import java.time.Instant;
import java.util.Set;

/** What the faked workers do. */
@FunctionalInterface
interface Workers {
    /** Each ends at once with the result "done". */
    Workers SUCCEED = (item, pod, now) -> FakePods.succeeded(pod, now, "done");

    /** Each runs until it is told otherwise. */
    Workers RUN_ON = (item, pod, now) -> pod;

    /** @return the pod as it is when the worker of the item has done its part */
    PodView work(String item, PodView running, Instant now);

    /** The workers of these items fail, the others succeed. */
    static Workers failing(String... items) {
        Set<String> failing = Set.of(items);
        return (item, pod, now) ->
                failing.contains(item) ? FakePods.failed(pod, now, "ExitCode") : FakePods.succeeded(pod, now, "done");
    }
}
