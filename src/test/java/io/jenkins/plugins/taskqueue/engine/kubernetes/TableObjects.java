package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.List;

/** Objects of a queue as the API server tells of them. */
final class TableObjects {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final ObjectNames NAMES = new ObjectNames(QueueId.of("q"), "q");

    private TableObjects() {}

    static ConfigMap record(int version, Outcome outcome) {
        var entries = List.of(new Entry(1, 0, "run1", "a", NOW, outcome));
        return new ConfigMapBuilder(new RecordManifest(NAMES)
                        .merged(
                                new BatchRecord(1, false, NOW, entries, ""),
                                state("o").reference()))
                .editMetadata()
                .withUid("r")
                .withCreationTimestamp(NOW.toString())
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .build();
    }

    static ConfigMap owner(int version, String deletion) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(NAMES.owner())
                .withUid("o")
                .withDeletionTimestamp(deletion)
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .addToData("run", "run1")
                .build();
    }

    static Job job(int version, boolean suspended) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(NAMES.batch(1))
                .withUid("j")
                .withResourceVersion(Integer.toString(version))
                .withLabels(NAMES.labels())
                .addToLabels(Keys.BATCH, "1")
                .withOwnerReferences(state("o").reference())
                .endMetadata()
                .withNewSpec()
                .withSuspend(suspended)
                .endSpec()
                .build();
    }

    static Pod pod(String uid, int version, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAMES.pod(1, 0, 0))
                .withUid(uid)
                .withResourceVersion(Integer.toString(version))
                .withCreationTimestamp(NOW.toString())
                .withLabels(NAMES.labels())
                .addToLabels(Keys.BATCH, "1")
                .withOwnerReferences(state("o").reference())
                .addToLabels(Keys.COMPLETION_INDEX, "0")
                .addToLabels(Keys.ATTEMPT, "0")
                .addToFinalizers(Keys.FINALIZER)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    static Owner.State state(String uid) {
        return new Owner.State(NAMES.owner(), uid, "1", "q", "run1", false, 0, "");
    }
}
