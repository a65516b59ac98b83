package io.jenkins.plugins.taskqueue.engine.record;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The record of a batch: first its claim, at the end its items' outcomes. A merged record holds the entries of many
 * ended batches, each with its own batch number.
 *
 * @param number the batch's number; of a merged record the highest number in it
 * @param merged whether it holds several ended batches
 * @param created when the record was created, by the store's clock
 * @param entries in order of their index
 * @param version the store's version of this content, opaque: a write with an older one is a conflict
 */
public record BatchRecord(int number, boolean merged, Instant created, List<Entry> entries, String version) {

    public BatchRecord {
        entries = List.copyOf(entries);
    }

    /** Whether every item has its outcome. */
    public boolean isEnded() {
        for (Entry entry : entries) {
            if (entry.isLive()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a person has asked for any of its items again. */
    public boolean isToBeRetried() {
        return entries.stream()
                .anyMatch(entry -> !entry.isLive() && entry.outcome().retry());
    }

    /** The same record with these outcomes, by index, added; one that is there already gives way to a success alone. */
    public BatchRecord withOutcomes(Map<Integer, Outcome> outcomes) {
        List<Entry> written = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Outcome end = outcomes.get(entry.index());
            boolean counts = end != null && (entry.isLive() || end.state() == ItemState.SUCCEEDED);
            written.add(counts ? entry.withOutcome(end) : entry);
        }
        return new BatchRecord(number, merged, created, written, version);
    }

    /** The same record in which these attempts, by index, are counted. */
    public BatchRecord withAttempts(Map<Integer, Attempts> counted) {
        List<Entry> written = entries.stream()
                .map(entry -> entry.isLive() && counted.containsKey(entry.index())
                        ? entry.withAttempts(counted.get(entry.index()))
                        : entry)
                .toList();
        return new BatchRecord(number, merged, created, written, version);
    }

    /** The same record without the ended entries of these items. */
    public BatchRecord without(Set<String> items) {
        List<Entry> kept = entries.stream()
                .filter(entry -> entry.isLive() || !items.contains(entry.name()))
                .toList();
        return new BatchRecord(number, merged, created, kept, version);
    }

    /** Names that the same record had earlier and has no more. */
    public Set<String> namesMissingFrom(BatchRecord earlier) {
        if (earlier.entries.size() == entries.size()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        earlier.entries.forEach(entry -> names.add(entry.name()));
        entries.forEach(entry -> names.remove(entry.name()));
        return names;
    }

    /** The same record with those failed or cancelled items marked to be done again that the filter accepts. */
    public BatchRecord withRetries(Predicate<Entry> again) {
        List<Entry> marked = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            boolean retry = !entry.isLive() && entry.outcome().state() != ItemState.SUCCEEDED && again.test(entry);
            marked.add(retry ? entry.withOutcome(entry.outcome().withRetry()) : entry);
        }
        return new BatchRecord(number, merged, created, marked, version);
    }
}
