package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Claims batches, one call at a time. */
final class Claims {
    private final Cluster cluster;
    private final ItemFetch fetch;
    private final Engine engine;
    private final Predicate<Action.Claim> isWanted;
    private volatile Instant last = Instant.MIN;

    Claims(Cluster cluster, ItemFetch fetch, Engine engine, Predicate<Action.Claim> isWanted) {
        this.cluster = cluster;
        this.fetch = fetch;
        this.engine = engine;
        this.isWanted = isWanted;
    }

    /** When the last batch was claimed; {@link Instant#MIN} before. */
    Instant last() {
        return last;
    }

    /** @param onLive told of each batch that has anything to start */
    void claim(Action.Claim claim, Consumer<BatchRecord> onLive) throws ClusterException, InterruptedException {
        int number = claim.number();
        for (List<Claim.Item> items : fetch.batches(claim.items())) {
            // The source may have taken its time, and the user have changed what is wanted.
            if (!cluster.mayAct() || !isWanted.test(claim)) {
                return;
            }
            List<String> names = items.stream().map(Claim.Item::name).toList();
            BatchRecord record;
            try {
                // The number after our own is as good a proof as the first: nobody can have claimed in between.
                record = cluster.claim(
                        new Claim(number++, cluster.observed().run().id(), items));
            } catch (ClusterException e) {
                Instant now = engine.steady().instant();
                boolean refused = e.kind() == ClusterException.Kind.REFUSED;
                if (refused && fetch.refusals().refuse(names, now, e.getMessage())) {
                    return; // that is the item's own matter
                }
                throw e;
            }
            fetch.refusals().taken(names);
            last = engine.steady().instant();
            if (!record.isEnded()) {
                onLive.accept(record);
            }
        }
    }

    /** Claims items that a person cancelled, with that outcome. */
    void cancelled(Action.ClaimCancelled claim) throws ClusterException, InterruptedException {
        Outcome outcome = Outcome.withoutPod(
                ItemState.CANCELLED,
                Stop.ITEM.reason(),
                Stop.ITEM.sentence(),
                engine.clock().instant());
        List<Claim.Item> items = claim.items().stream()
                .map(item -> new Claim.Item(item.name(), item.listed(), null, outcome))
                .toList();
        cluster.claim(new Claim(claim.number(), cluster.observed().run().id(), items));
    }
}
