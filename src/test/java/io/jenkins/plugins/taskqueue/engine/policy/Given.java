package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.QueueSpecBuilder;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a decision is made from: a queue in order, of which a test says only what matters to it. */
final class Given {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    /** Long enough ago that no wait or age has to do with it. */
    static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    QueueSpecBuilder spec =
            QueueSpec.builder("videos", WorkerSpec.worker("acme/worker:1")).parallelism(10);
    boolean acts = true;
    boolean paused;
    Stop stop = Stop.NO;
    Situation.Cancelled cancelled = Situation.Cancelled.NOTHING;
    Strays strays = Strays.NONE;
    int claimed;
    boolean settled = true;
    int listed = 100;
    int failed;
    boolean proven = true;
    Instant lastClaim = Instant.MIN;
    Situation.Told told = Situation.Told.NOTHING;
    Instant now = NOW;
    private Instant seenAt = NOW.minusSeconds(60);
    private Since since = Since.NOTHING;

    final List<Batch> batches = new ArrayList<>();
    final List<BatchRecord> records = new ArrayList<>();
    final List<Candidate> candidates = new ArrayList<>();
    final Set<String> running = new HashSet<>();
    final Map<String, Underway.Hold> held = new HashMap<>();
    final Map<String, Underway.Unfit> unfit = new HashMap<>();
    final Map<String, Instant> looks = new HashMap<>();
    final Map<String, String> logs = new HashMap<>();
    final Map<Integer, Underway.Report> reports = new HashMap<>();

    /** When the batches that follow were first seen as they are; else a minute ago. */
    Given seen(Instant at) {
        seenAt = at;
        return this;
    }

    Given batch(BatchRecord record, JobView job, PodView... pods) {
        batches.add(Batch.of(record, job, List.of(pods)));
        records.add(record);
        since = since.with(batches, seenAt);
        return this;
    }

    Given pending(int items) {
        for (int i = 0; i < items; i++) {
            candidates.add(new Candidate("pending " + i, LONG_AGO));
        }
        return this;
    }

    Plan decide() {
        Underway underway = new Underway(running, held, unfit, looks, logs, reports);
        Situation situation = new Situation(
                now,
                acts,
                paused,
                stop,
                cancelled,
                strays,
                batches,
                since,
                records,
                new Observed.Run(
                        "run",
                        false,
                        false,
                        records.stream().mapToInt(BatchRecord::number).reduce(claimed, Math::max),
                        settled),
                candidates,
                listed,
                failed,
                proven,
                lastClaim,
                told,
                underway);
        return Decision.decide(spec.build(), situation, now);
    }

    List<Action> actions() {
        return decide().actions();
    }

    <A extends Action> List<A> actions(Class<A> type) {
        return actions().stream().filter(type::isInstance).map(type::cast).toList();
    }

    Progress first() {
        return decide().judged().get(0).items().get(0);
    }

    static BatchRecord live(int number, int items) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            entries.add(new Entry(number, i, "run", "item " + number + "." + i, LONG_AGO, null));
        }
        return new BatchRecord(number, false, LONG_AGO, entries, "1");
    }

    static BatchRecord ended(int number, int items) {
        BatchRecord record = live(number, items);
        for (int i = 0; i < items; i++) {
            record = record.withOutcomes(Map.of(i, outcome(ItemState.SUCCEEDED)));
        }
        return record;
    }

    static Outcome outcome(ItemState state) {
        return new Outcome(state, "Why", "a sentence", 1, LONG_AGO, LONG_AGO, "result", "", false);
    }

    static BatchRecord withLog(int number) {
        return live(number, 1).withOutcomes(Map.of(0, outcome(ItemState.FAILED).withLogTail("the end of a log")));
    }

    static JobView job(int batch) {
        return new JobView(batch, "job-" + batch, "uid", false, "", false);
    }

    static JobView suspended(int batch) {
        return new JobView(batch, "job-" + batch, "uid", true, "", false);
    }

    static PodView pending(int batch, int index, int attempt) {
        return FakePods.pending(batch, index, attempt, batch + "-" + index + "-" + attempt, LONG_AGO);
    }

    static PodView waiting(int batch, int index, String reason) {
        return FakePods.waiting(pending(batch, index, 0), NOW.minusSeconds(60), reason);
    }

    static PodView running(int batch, int index, int attempt) {
        return FakePods.running(pending(batch, index, attempt), LONG_AGO);
    }

    static PodView succeeded(int batch, int index, int attempt) {
        return FakePods.succeeded(running(batch, index, attempt), NOW.minusSeconds(60), "result");
    }

    static PodView failed(int batch, int index, int attempt) {
        return FakePods.failed(running(batch, index, attempt), NOW.minusSeconds(60), "ExitCode");
    }

    static PodView disrupted(int batch, int index, int attempt) {
        return FakePods.disrupted(running(batch, index, attempt), NOW.minusSeconds(60), "Evicted");
    }

    static PodView gone(int batch, int index, int attempt) {
        return FakePods.gone(running(batch, index, attempt), NOW.minusSeconds(60));
    }
}
