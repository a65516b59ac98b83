package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether this manager acts on its queue: the owner object names it, its process' lease is held, and everything was
 * observed since it took the queue. Nobody else changes the counter of batches while the owner object names us; so it does
 * no harm to believe that for too long.
 */
final class Tenure {
    private static final Logger LOGGER = Logger.getLogger(Tenure.class.getName());

    private final String me;
    private final Table table;
    private final Owner owner;
    private final KubernetesConnection.Shared shared;
    private final Runnable onChange;
    /** Whether it is being looked after already: at first by who opens the queue. */
    private final AtomicBoolean ticking = new AtomicBoolean(true);

    private volatile boolean looked;
    private volatile boolean left;
    private boolean acted;

    /**
     * @param me what the owner object names us by
     * @param shared what the queue's connection has now: a later lease of it is none of ours
     * @param onChange called when it began or ceased to be held
     */
    Tenure(String me, Table table, Owner owner, KubernetesConnection.Shared shared, Runnable onChange) {
        this.me = me;
        this.table = table;
        this.owner = owner;
        this.shared = shared;
        this.onChange = onChange;
    }

    String me() {
        return me;
    }

    boolean isHeld() {
        return looked && !left && isMine() && shared.lease().isHeld();
    }

    Optional<OwnerReference> owner() {
        return table.owner().map(Owner.State::reference);
    }

    boolean isMine() {
        return table.owner().filter(state -> state.holder().equals(me)).isPresent();
    }

    /** Takes the queue, if nobody acts on it. Everything is to be observed afterwards. */
    void take() throws ClusterException, InterruptedException {
        Optional<Owner.State> state = table.owner();
        if (left || state.isEmpty() || isMine()) {
            return;
        }
        looked = false;
        String other = state.get().holder();
        if (!shared.pulses().isDead(other)) {
            return;
        }
        shared.lease().hold();
        try {
            table.configMap(owner.hold(state.get(), me));
            shared.pulses().bury(other, new LeaseStore(shared.api()));
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT && e.kind() != Kind.GONE) {
                throw e;
            }
            LOGGER.log(Level.FINE, "Another manager was first", e);
        }
        if (left) { // meanwhile
            giveUp();
        }
    }

    void looked() {
        looked = isMine();
        ticking.set(false);
    }

    /** Tells of what changed with the lease alone, and tries to take the queue where another one has it. */
    void tick() {
        announce();
        if ((!isMine() || !looked) && ticking.compareAndSet(false, true)) {
            shared.later(this::follow, Duration.ZERO);
        }
    }

    private void follow() {
        try {
            take();
            if (isMine() && !looked) {
                Observation.look(shared.api(), table);
                looked();
            }
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, e, () -> "The queue cannot be taken yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "The queue cannot be taken yet", e);
        } finally {
            ticking.set(false);
            announce();
        }
    }

    private void announce() {
        boolean acts = isHeld();
        boolean changed;
        synchronized (this) {
            changed = acts != acted;
            acted = acts;
        }
        if (changed) {
            onChange.run();
        }
    }

    /** Gives the queue up for good, so that the next manager need not wait. */
    void leave() {
        left = true;
        giveUp();
    }

    private void giveUp() {
        Optional<Owner.State> state = table.owner();
        if (state.isEmpty() || !isMine() || !shared.lease().isHeld()) {
            return;
        }
        try {
            owner.hold(state.get(), "");
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "The queue was not given up: its next manager sees that this one is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
