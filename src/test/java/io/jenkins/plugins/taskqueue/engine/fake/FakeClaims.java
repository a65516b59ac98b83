package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import java.util.List;

/** The part of a {@link FakeCluster} that changes the owner by compare-and-set. */
final class FakeClaims {
    private final FakeStore store;
    private final FakeCluster cluster;

    FakeClaims(FakeStore store, FakeCluster cluster) {
        this.store = store;
        this.cluster = cluster;
    }

    BatchRecord claim(Claim claim) throws ClusterException {
        int limit = store.rules.limit();
        boolean paused = store.rules.isPaused();
        Observed.Run run = cluster.observed().run();
        boolean late = claim.number() != run.claimed() + 1 || !run.settled();
        if (late || run.ended() || !cluster.view.holder().equals(cluster.me)) {
            throw new ClusterException(Kind.CONFLICT, "Another batch was claimed, or another manager acts.");
        }
        int seen = cluster.view.ownerVersion();
        int version = cluster.calls.make(
                "claim", () -> store.owner.takeNumber(cluster.life, cluster.me, seen, claim.number()));
        cluster.view.claimed(claim.number(), version);
        return created("record", claim, limit, paused);
    }

    private BatchRecord created(String name, Claim claim, int limit, boolean paused) throws ClusterException {
        String key = FakeObjects.key(claim.number());
        try {
            return cluster.call(
                    name, () -> store.claim(cluster.life, claim, limit, paused), () -> cluster.view.record(key));
        } catch (ClusterException e) {
            if (e.kind() == Kind.CONFLICT) {
                cluster.view.record(key);
            }
            throw e;
        }
    }

    void settle() throws ClusterException {
        Observed.Run run = cluster.observed().run();
        if (!run.settled()) {
            created("settle", new Claim(cluster.view.claimed(), run.id(), List.of()), 0, false);
        }
    }

    void endRun() throws ClusterException {
        Observed decidedOn = cluster.basis();
        Observed.Run run = cluster.observed().run();
        if (!run.settled() || !cluster.view.holder().equals(cluster.me)) {
            throw new ClusterException(Kind.CONFLICT, "A batch may have been claimed, or another manager acts.");
        }
        int seen = cluster.view.ownerVersion();
        if (!run.ended()) {
            cluster.run(
                    "endRun", () -> store.owner.endRun(cluster.life, cluster.me, seen, decidedOn), cluster.view::run);
        }
    }
}
