package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import io.jenkins.plugins.taskqueue.engine.status.Status.Phase;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes what builds have left in Kubernetes: a freestyle build that a restart has ended, a build that was deleted, one that
 * was aborted while the cluster was out of reach. What can't be removed now is tried again at the next sweep; what is left in
 * a cluster that is configured no more is given up after a week.
 */
@Extension
public class OrphanSweep extends AsyncPeriodicWork {
    /** So long a named queue is waited for, to be ours and then to stop; if another manager acts on it, it is that one's. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So long a cluster may be missing: it may have been taken out by mistake, or be brought back under its name. */
    static final Duration GONE = Duration.ofDays(7);

    private static final Logger LOGGER = Logger.getLogger(OrphanSweep.class.getName());

    public OrphanSweep() {
        super("Task Queue orphan sweep");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(10);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    /** Sweeps soon, and not only when it is time: something was deleted. */
    static void soon() {
        BuildQueues.get()
                .background()
                .execute(
                        () -> ExtensionList.lookupSingleton(OrphanSweep.class).sweep(TaskListener.NULL, Instant.now()));
    }

    @Override
    protected void execute(TaskListener listener) {
        sweep(listener, Instant.now());
    }

    synchronized void sweep(TaskListener listener, Instant now) {
        for (OpenQueues.Entry entry : OpenQueues.get().entries(OrphanSweep::isOrphan)) {
            String name = entry.request().getQueueName();
            try {
                if (!QueuePorts.current.isConfigured(entry.request())) {
                    gone(entry, now);
                    continue;
                }
                if (entry.goneSince().isPresent()) {
                    OpenQueues.get().replace(entry.withGoneSince(null));
                }
                clear(entry.request(), job(entry));
                note(entry, Messages.OrphanSweep_swept());
                OpenQueues.get().remove(entry.id());
                listener.getLogger().println("Removed what " + entry.id() + " has left of the queue \"" + name + "\".");
            } catch (AbortException | ClusterException e) {
                listener.getLogger().println("Not yet removed, of the queue \"" + name + "\": " + e.getMessage());
            } catch (IOException e) {
                listener.error("Could not note that " + entry.id() + " is swept: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean isOrphan(OpenQueues.Entry entry) {
        if (BuildQueues.get().isLive(entry.id())) {
            return false;
        }
        Run<?, ?> run = run(entry);
        return entry.isAbandoned() || run == null || !run.isBuilding();
    }

    /** There is nobody to ask: says so once, and gives it up when that has been so for long. */
    private static void gone(OpenQueues.Entry entry, Instant now) throws IOException {
        QueueRequest request = entry.request();
        Optional<Instant> since = entry.goneSince();
        if (since.isEmpty()) {
            OpenQueues.get().replace(entry.withGoneSince(now));
            LOGGER.log(
                    Level.WARNING,
                    "What {0} has left of the queue \"{1}\" in the namespace \"{2}\" can not be removed. The cluster"
                            + " \"{3}\" is not configured any more: configure it again within {4} days. Or delete it"
                            + " there: kubectl -n {2} delete configmap tq-{5}, and let its pods go as the README says.",
                    new Object[] {
                        entry.id(),
                        request.getQueueName(),
                        request.getNamespace(),
                        request.getCluster(),
                        GONE.toDays(),
                        QueueId.of(request.getQueueName())
                    });
        } else if (!now.isBefore(since.get().plus(GONE))) {
            LOGGER.log(Level.WARNING, "Given up: {0}", Messages.OrphanSweep_gone(request.getCluster(), GONE.toDays()));
            note(entry, Messages.OrphanSweep_gone(request.getCluster(), GONE.toDays()));
            OpenQueues.get().remove(entry.id());
        }
    }

    private static Run<?, ?> run(OpenQueues.Entry entry) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(entry.run());
        }
    }

    /** A build that is still there says what became of its queue. */
    private static void note(OpenQueues.Entry entry, String sentence) throws IOException {
        Run<?, ?> run = run(entry);
        TaskQueueAction action = run == null ? null : TaskQueueAction.of(run);
        String key = entry.request().getKey();
        BuildQueue queue = action == null ? null : action.queue(key);
        if (queue != null && action.summary(key) == null) {
            action.end(new QueueSummary(
                    entry.request(), queue.status(), Phase.CANCELLED.name(), sentence, System.currentTimeMillis()));
            queue.forget();
            run.save();
        }
    }

    /** Its full name; the job may be no more. */
    private static String job(OpenQueues.Entry entry) {
        return entry.run().substring(0, Math.max(0, entry.run().lastIndexOf('#')));
    }

    private static void clear(QueueRequest request, String job)
            throws AbortException, ClusterException, InterruptedException {
        QueueSpec spec = QueueSpec.builder(request.getQueueName(), WorkerSpec.worker(request.getImage()))
                .named(request.isNamed())
                .build();
        if (!request.isNamed()) {
            try (Cluster cluster = QueuePorts.current.cluster(request, spec)) {
                cluster.delete();
            }
        } else if (BuildQueues.get().live().stream().noneMatch(queue -> isSame(queue.getRequest(), request))) {
            QueueSpec made = QueuePorts.current.madeBy(request, spec, job);
            stop(
                    made,
                    QueuePorts.current.cluster(request, made),
                    BuildQueues.get().threads(request.getCluster()));
        }
    }

    private static boolean isSame(QueueRequest one, QueueRequest other) {
        return one.getQueueName().equals(other.getQueueName())
                && String.valueOf(one.getCluster()).equals(other.getCluster())
                && String.valueOf(one.getNamespace()).equals(other.getNamespace());
    }

    private static void stop(QueueSpec spec, Cluster cluster, QueueThreads threads)
            throws ClusterException, InterruptedException {
        BuildQueues queues = BuildQueues.get();
        Engine engine = new Engine(
                Clock.systemUTC(), new SteadyClock(), queues.timer(), threads.calls(), threads.fetches(), event -> {});
        try (threads;
                QueueManager manager = new QueueManager(spec, ItemsSource.of(List.of()), cluster, null, engine)) {
            manager.cancel();
            manager.start();
            if (!manager.awaitEnd(PATIENCE) && cluster.mayAct()) {
                throw new ClusterException(ClusterException.Kind.PASSING, "What runs has not stopped yet.");
            }
            if (manager.status().run().isEmpty()) {
                throw new ClusterException(
                        ClusterException.Kind.PASSING, manager.status().sentence());
            }
        }
    }
}
