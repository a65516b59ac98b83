package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.util.Collection;
import java.util.List;

/** The part of a {@link RuleBook} that watches claims. */
final class ClaimRules {
    private final RuleBook book;

    ClaimRules(RuleBook book) {
        this.book = book;
    }

    /**
     * @param limit the most items at once when the claim was asked for
     * @param wasPaused whether a person wanted nothing claimed then
     */
    void claimed(BatchRecord record, Collection<BatchRecord> others, int limit, boolean wasPaused, boolean runIsOver) {
        boolean fresh = record.entries().isEmpty() || book.truth().numbers.add(record.number());
        book.require(Rule.NUMBER_USED_TWICE, fresh, "batch " + record.number());
        for (Entry entry : record.entries()) {
            List<Entry> old = others.stream()
                    .flatMap(other -> other.entries().stream())
                    .filter(one -> one.name().equals(entry.name()))
                    .toList();
            int last = old.stream().mapToInt(Entry::batch).max().orElse(0);
            claimedAgain(entry, old.stream().filter(one -> one.batch() == last).toList());
            book.require(Rule.CLAIMED_UNLISTED, book.isListed.test(entry.name()), entry.name());
            if (entry.isLive()) {
                book.require(
                        Rule.CLAIMED_AFTER_SUCCESS, !book.truth().successes.containsKey(entry.name()), entry.name());
                book.truth().held.put(entry.name(), record.number());
            }
        }
        int slots = book.slots();
        book.require(Rule.CLAIMED_BEYOND_PARALLELISM, slots <= limit || record.isEnded(), slots + " of " + limit);
        book.require(Rule.CLAIMED_WHILE_PAUSED, !wasPaused || record.isEnded(), "batch " + record.number());
        book.truth().bound = Math.max(book.truth().bound, slots);
        if (runIsOver) {
            book.truth().unseenAtTheEnd.add(record.number());
        }
    }

    /** @param old what the records say of its last batch; two of them while they are being merged */
    private void claimedAgain(Entry entry, List<Entry> old) {
        List<Outcome> outcomes =
                old.stream().filter(one -> !one.isLive()).map(Entry::outcome).toList();
        book.require(Rule.ONE_LIVE_BATCH, outcomes.size() == old.size(), entry.name());
        boolean asked = outcomes.stream().anyMatch(Outcome::retry)
                || old.stream().noneMatch(one -> one.run().equals(entry.run()));
        boolean succeeded = outcomes.stream().anyMatch(outcome -> outcome.state() == ItemState.SUCCEEDED);
        book.require(Rule.CLAIMED_AFTER_SUCCESS, !succeeded, entry.name());
        book.require(Rule.CLAIMED_AGAIN, outcomes.isEmpty() || succeeded || asked, entry.name());
    }
}
