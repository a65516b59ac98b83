package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sign of life of this process in a namespace, for all queues there that it acts on: one Lease, which nobody else
 * writes, renewed by a thread of its own, so that nothing else can hold it up. It is owned by some of the queues' owner
 * objects, so that it does not outlive them where this process can't delete it.
 */
final class ProcessLease {
    private static final Logger LOGGER = Logger.getLogger(ProcessLease.class.getName());
    private static final int OWNERS = 20;

    private final LeaseStore store;
    private final LeaseTimes times;
    private final Holder me;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Supplier<List<OwnerReference>> owners;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> Fanout.daemon(task, "task-queue-lease"));

    private Lease last;
    private boolean stopped;
    private volatile boolean held;
    private volatile long actUntil;

    /** @param nanos a monotonic clock; what it does not count of a machine's sleep, the owner objects' fence makes up for */
    ProcessLease(
            LeaseStore store,
            LeaseTimes times,
            Holder me,
            Clock clock,
            LongSupplier nanos,
            Supplier<List<OwnerReference>> owners) {
        this.store = store;
        this.times = times;
        this.me = me;
        this.clock = clock;
        this.nanos = nanos;
        this.owners = owners;
    }

    /**
     * @param needed whether this process acts on any queue
     * @param afterwards called each retry period; it must not block
     */
    void start(BooleanSupplier needed, Runnable afterwards) {
        long period = times.retryPeriod().toMillis();
        thread.scheduleWithFixedDelay(() -> tick(needed, afterwards), period, period, TimeUnit.MILLISECONDS);
    }

    private void tick(BooleanSupplier needed, Runnable afterwards) {
        try {
            if (needed.getAsBoolean()) {
                renew();
            }
            afterwards.run();
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "The lease could not be renewed", e);
            afterwards.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "The lease could not be renewed", e); // a thrown tick would be the last
        }
    }

    /** Whether others leave this process' queues alone. */
    boolean isHeld() {
        return held && actUntil - nanos.getAsLong() > 0;
    }

    /** Makes sure that it is held; at no cost where it is. */
    void hold() throws ClusterException, InterruptedException {
        if (!isHeld()) {
            renew();
        }
    }

    private synchronized void renew() throws ClusterException, InterruptedException {
        if (stopped) {
            return;
        }
        long asked = nanos.getAsLong();
        try {
            last = last == null ? begin() : store.replace(renewed(last));
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT && e.kind() != Kind.GONE) {
                throw e;
            }
            last = null; // deleted by hand, or the garbage collector took an owner from it
            last = begin();
        }
        actUntil = asked + times.renewDeadline().toNanos();
        held = true;
    }

    private Lease begin() throws ClusterException, InterruptedException {
        Optional<Lease> there = store.get(me.lease());
        if (there.isPresent()) {
            return store.replace(renewed(there.get()));
        }
        return store.create(renewed(new LeaseBuilder()
                .withNewMetadata()
                .withName(me.lease())
                .withLabels(Map.of(Keys.MANAGED_BY, Keys.TASK_QUEUE))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build()));
    }

    private Lease renewed(Lease lease) {
        ZonedDateTime acquired = isHeld() ? lease.getSpec().getAcquireTime() : null;
        return new LeaseBuilder(lease)
                .editMetadata()
                .withOwnerReferences(owners.get().stream().limit(OWNERS).toList())
                .endMetadata()
                .editSpec()
                .withHolderIdentity(me.identity())
                .withLeaseDurationSeconds((int) times.duration().toSeconds())
                .withAcquireTime(acquired == null ? now() : acquired)
                .withRenewTime(now())
                .endSpec()
                .build();
    }

    private ZonedDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }

    /** Stops renewing, and deletes it, so that nobody has to wait until it runs out. */
    void stop() {
        boolean reachable = isHeld();
        thread.shutdownNow();
        synchronized (this) {
            stopped = true;
            held = false;
            if (!reachable || last == null) {
                return;
            }
            try {
                store.delete(me.lease(), null);
            } catch (ClusterException e) {
                LOGGER.log(Level.FINE, "The lease was not deleted: it runs out", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
