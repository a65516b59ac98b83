package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The lease that says which manager acts on a queue. {@link #tick} must be called every retry period, by one thread at a
 * time; {@link #isHeld} may be asked by any.
 *
 * <p>No clock of another machine is trusted: a lease is free when its holder gave it up, when its process is known to be
 * dead, or when it has not changed for its duration by our own monotonic clock.
 */
final class QueueLease {
    private final LeaseStore store;
    private final LeaseTimes times;
    private final Holder me;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Runnable onAcquire;

    private Lease last;
    private long unchangedSince;
    private volatile boolean held;
    private volatile long actUntil;

    /**
     * @param nanos a monotonic clock
     * @param onAcquire called before {@link #isHeld} becomes true again
     */
    QueueLease(LeaseStore store, LeaseTimes times, Holder me, Clock clock, LongSupplier nanos, Runnable onAcquire) {
        this.store = store;
        this.times = times;
        this.me = me;
        this.clock = clock;
        this.nanos = nanos;
        this.onAcquire = onAcquire;
    }

    /** Whether nobody else can hold the lease now, even if this thread was asleep for long. */
    boolean isHeld() {
        return held && actUntil - nanos.getAsLong() > 0;
    }

    /** Renews the lease, or tries to get it. */
    void tick() throws ClusterException, InterruptedException {
        long asked = nanos.getAsLong();
        if (last == null || !isMine(last)) {
            look();
        }
        if (last == null || isMine(last) || isFree(last, asked)) {
            write(asked);
        }
    }

    private void look() throws ClusterException, InterruptedException {
        Lease seen = store.get().orElse(null);
        boolean changed = last == null || seen == null || !Objects.equals(version(seen), version(last));
        if (changed) {
            // From the answer on: what it tells may be younger than the question.
            unchangedSince = nanos.getAsLong();
        }
        last = seen;
    }

    private boolean isFree(Lease lease, long now) {
        String holder = holder(lease);
        if (holder.isEmpty()) {
            return true;
        }
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        long duration = seconds == null ? times.duration().toNanos() : seconds * 1_000_000_000L;
        return now - unchangedSince >= duration
                || Holder.parse(holder).map(other -> other.isKnownDeadTo(me)).orElse(false);
    }

    private void write(long asked) throws ClusterException, InterruptedException {
        Lease mine = claim();
        try {
            Lease written = last == null ? store.create(mine) : store.replace(mine);
            if (!held || actUntil - asked <= 0) {
                onAcquire.run();
            }
            last = written;
            actUntil = asked + times.renewDeadline().toNanos();
            held = true;
        } catch (ClusterException e) {
            if (e.kind() == Kind.CONFLICT || e.kind() == Kind.GONE) {
                last = null; // somebody else wrote it: look anew
                held = false;
            }
            throw e;
        }
    }

    private Lease claim() {
        ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
        LeaseSpec spec = last == null || last.getSpec() == null ? new LeaseSpec() : last.getSpec();
        boolean renewal = last != null && isMine(last);
        int transitions = spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions();
        return new LeaseBuilder(last == null ? store.template() : last)
                .editOrNewSpec()
                .withHolderIdentity(me.identity())
                .withLeaseDurationSeconds((int) times.duration().toSeconds())
                .withAcquireTime(renewal ? spec.getAcquireTime() : now)
                .withRenewTime(now)
                .withLeaseTransitions(renewal || last == null ? transitions : transitions + 1)
                .endSpec()
                .build();
    }

    /** Gives the lease up, so that the next manager need not wait. */
    void release() throws ClusterException, InterruptedException {
        boolean mine = held && last != null;
        held = false;
        if (mine) {
            Lease free = new LeaseBuilder(last)
                    .editSpec()
                    .withHolderIdentity("")
                    .withLeaseDurationSeconds(1)
                    .endSpec()
                    .build();
            last = null;
            store.replace(free);
        }
    }

    private boolean isMine(Lease lease) {
        return holder(lease).equals(me.identity());
    }

    private static String holder(Lease lease) {
        return lease.getSpec() == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private static String version(Lease lease) {
        return lease.getMetadata().getResourceVersion();
    }
}
