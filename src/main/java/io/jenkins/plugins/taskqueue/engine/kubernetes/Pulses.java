package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Which of the managers that owner objects name are dead. No clock of another machine is trusted: a manager is dead when its
 * process is known to be, when its lease is not there, or when that has not changed for its duration by our own monotonic
 * clock. Each lease is read at most twice in a retry period, however many queues it is asked for.
 */
final class Pulses {
    private final Read leases;
    private final LeaseTimes times;
    private final Holder me;
    private final LongSupplier nanos;
    private final Predicate<String> isOpen;
    private final Map<String, Seen> seen = new HashMap<>();

    /** Reads a Lease by its name. */
    interface Read {
        Optional<Lease> get(String name) throws ClusterException, InterruptedException;
    }

    /** @param version null while it is not there */
    private record Seen(String version, long duration, long since, long asked) {}

    /** @param isOpen tells whether a queue of our own connection acts by this identity */
    Pulses(Read leases, LeaseTimes times, Holder me, LongSupplier nanos, Predicate<String> isOpen) {
        this.leases = leases;
        this.times = times;
        this.me = me;
        this.nanos = nanos;
        this.isOpen = isOpen;
    }

    /** @param identity what the owner object names; empty for nobody */
    boolean isDead(String identity) throws ClusterException, InterruptedException {
        Optional<Holder> holder = Holder.parse(identity);
        if (holder.isEmpty()) {
            return true; // no manager has such a name
        }
        if (holder.get().lease().equals(me.lease())) {
            return !isOpen.test(identity);
        }
        if (holder.get().isKnownDeadTo(me)) {
            return true;
        }
        Seen now = look(holder.get().lease());
        return now.version() == null || now.asked() - now.since() >= now.duration();
    }

    private synchronized Seen look(String name) throws ClusterException, InterruptedException {
        Seen before = seen.get(name);
        long fresh = times.retryPeriod().toNanos() / 2;
        if (before != null && nanos.getAsLong() - before.asked() < fresh) {
            return before;
        }
        long asked = nanos.getAsLong();
        Optional<Lease> lease = leases.get(name);
        String version =
                lease.map(found -> found.getMetadata().getResourceVersion()).orElse(null);
        boolean same = before != null && version != null && version.equals(before.version());
        // What the answer tells may be younger than the question.
        Seen now = new Seen(version, duration(lease), same ? before.since() : nanos.getAsLong(), asked);
        seen.put(name, now);
        return now;
    }

    private long duration(Optional<Lease> lease) {
        return lease.map(found -> found.getSpec())
                .map(spec -> spec.getLeaseDurationSeconds())
                .map(seconds -> seconds * 1_000_000_000L)
                .orElse(times.duration().toNanos());
    }

    /** Removes what a dead manager's process has left, unless it turns out to live. */
    void bury(String identity, LeaseStore store) throws ClusterException, InterruptedException {
        Optional<Holder> dead =
                Holder.parse(identity).filter(holder -> !holder.lease().equals(me.lease()));
        if (dead.isEmpty()) {
            return;
        }
        Seen last;
        synchronized (this) {
            last = seen.remove(dead.get().lease());
        }
        if (last != null && last.version() == null) {
            return;
        }
        try {
            store.delete(dead.get().lease(), last == null ? null : last.version());
        } catch (ClusterException e) {
            if (e.kind() != Kind.GONE && e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
    }
}
