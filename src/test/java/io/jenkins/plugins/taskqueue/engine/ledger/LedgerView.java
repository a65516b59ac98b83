package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A ledger of the run "run-2", and what can be seen of it; and records to fold into it. */
final class LedgerView {
    static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    final Table table = new Table(1000);
    final Ledger ledger = new Ledger("run-2", table);
    final TableUpdate update = new TableUpdate(ledger, table, event -> {});

    static BatchRecord record(int number, String run, ItemState state, String... names) {
        List<Entry> entries = IntStream.range(0, names.length)
                .mapToObj(i -> new Entry(number, i, run, names[i], THEN, state == null ? null : outcome(state)))
                .toList();
        return new BatchRecord(number, false, THEN, entries, "1");
    }

    static Outcome outcome(ItemState state) {
        return new Outcome(state, "Why", "a sentence", 1, THEN, THEN, "result", "tail", false);
    }

    static BatchRecord merged(BatchRecord... records) {
        List<Entry> entries = Arrays.stream(records)
                .flatMap(record -> record.entries().stream())
                .map(entry -> entry.withOutcome(entry.outcome().summary()))
                .toList();
        return new BatchRecord(records[records.length - 1].number(), true, THEN, entries, "1");
    }

    List<ItemStatus> show() {
        update.apply(List.of(), Stop.NO, Underway.NOTHING);
        return table.publish();
    }

    Map<String, ItemState> states() {
        Map<String, ItemState> states = new LinkedHashMap<>();
        show().forEach(item -> states.put(item.name(), item.state()));
        return states;
    }

    List<String> pending() {
        return ledger.candidates(100, item -> true).stream()
                .map(Candidate::name)
                .toList();
    }
}
