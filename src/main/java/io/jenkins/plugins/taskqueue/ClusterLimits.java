package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.taskqueue.ClusterLimit.Share;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what runs of all builds' queues within the limits of their clusters. Thread-safe. */
@Extension
public class ClusterLimits {
    static final long PERIOD_MILLIS = 1_000;

    private static final Logger LOGGER = Logger.getLogger(ClusterLimits.class.getName());

    /** What is one queue in Kubernetes: builds that share a named one have a manager each. */
    private record Identity(String cluster, String namespace, String name) {
        static Identity of(ClusterConfig cluster, QueueRequest request) {
            return new Identity(cluster.getName(), String.valueOf(request.getNamespace()), request.getQueueName());
        }
    }

    static ClusterLimits get() {
        return ExtensionList.lookupSingleton(ClusterLimits.class);
    }

    /** Shares again and again: what a queue wants, and what another has freed, shows only then. */
    static void begin(BuildQueues queues) {
        queues.timer().scheduleWithFixedDelay(queues::shareLimits, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many items a queue that begins may start before it has been given a share. */
    static int atFirst(LiveQueue queue, int wish) {
        ClusterConfig cluster = cluster(queue);
        return cluster == null || cluster.getLimit() == null ? wish : 0;
    }

    /** Shares anew, and lets each manager know. Quick. */
    synchronized void share(Collection<LiveQueue> working) {
        try {
            Map<ClusterConfig, Map<Identity, List<LiveQueue>>> limited = new LinkedHashMap<>();
            working.stream()
                    .sorted(Comparator.comparingLong(
                            live -> live.queue().getRequest().getStartedMillis()))
                    .forEach(live -> {
                        ClusterConfig cluster = cluster(live);
                        if (cluster == null || cluster.getLimit() == null) {
                            allow(live, Integer.MAX_VALUE);
                        } else {
                            limited.computeIfAbsent(cluster, one -> new LinkedHashMap<>())
                                    .computeIfAbsent(
                                            Identity.of(cluster, live.queue().getRequest()), one -> new ArrayList<>())
                                    .add(live);
                        }
                    });
            limited.forEach((cluster, queues) -> share(cluster.getLimit(), List.copyOf(queues.values())));
        } catch (RuntimeException e) {
            // Else the timer would never come again.
            LOGGER.log(Level.WARNING, "The limits of the clusters could not be shared anew", e);
        }
    }

    private static void share(int limit, List<List<LiveQueue>> queues) {
        // Where all fits, nobody's wish is cut, though it may have a use for less by now: people see it.
        if (queues.stream().mapToLong(ClusterLimits::mostOfAll).sum() <= limit) {
            queues.forEach(managers -> managers.forEach(live -> allow(live, Integer.MAX_VALUE)));
            return;
        }
        int[] allowed = ClusterLimit.allowances(
                limit, queues.stream().map(ClusterLimits::shareOfAll).toList());
        for (int i = 0; i < allowed.length; i++) {
            for (LiveQueue live : queues.get(i)) {
                allow(live, allowed[i]);
            }
        }
    }

    private static long mostOfAll(List<LiveQueue> managers) {
        return managers.stream()
                .mapToInt(live -> Math.max(
                        live.queue().getRequest().getParallelism(), share(live).held()))
                .max()
                .orElse(0);
    }

    /** All managers of a queue see the same items, whichever of them acts. */
    private static Share shareOfAll(List<LiveQueue> managers) {
        List<Share> shares = managers.stream().map(ClusterLimits::share).toList();
        return new Share(
                shares.stream().mapToInt(Share::wanted).max().orElse(0),
                shares.stream().mapToInt(Share::held).max().orElse(0));
    }

    private static Share share(LiveQueue live) {
        int wish = live.queue().getRequest().getParallelism();
        QueueManager manager = live.manager();
        if (manager == null || manager.mostStarted() < 0) {
            // It may go on after a restart, and as many may be running.
            return new Share(0, wish);
        }
        wish = Math.min(wish, manager.wantedParallelism());
        Status status = manager.status();
        int use = status.count(ItemState.PENDING) + status.count(ItemState.STARTING) + status.count(ItemState.RUNNING);
        return new Share(Math.min(wish, use), manager.mostStarted());
    }

    private static void allow(LiveQueue live, int most) {
        int parallelism = Math.min(live.queue().getRequest().getParallelism(), most);
        QueueManager manager = live.manager();
        if (manager != null && manager.parallelism() != parallelism) {
            manager.setParallelism(parallelism);
        }
    }

    /** The limit holds for a queue that runs, whoever may use the cluster by now. */
    private static ClusterConfig cluster(LiveQueue live) {
        String name = live.queue().getRequest().getCluster();
        try {
            return TaskQueueConfiguration.get()
                    .cluster(name, name == null ? live.queue().getRun().getParent() : null);
        } catch (AbortException goneMeanwhile) {
            return null;
        }
    }
}
