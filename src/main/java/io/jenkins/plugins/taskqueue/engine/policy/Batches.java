package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts records, Jobs and pods together. */
public final class Batches {
    private Batches() {}

    /** The batches that are live, or of which a Job or a pod is left, by ascending number. */
    public static List<Batch> of(Observed observed) {
        List<Batch> batches = new ArrayList<>();
        for (BatchRecord record : observed.records()) {
            if (record.merged() || record.entries().isEmpty()) {
                continue;
            }
            JobView job = observed.jobs().get(record.number());
            List<PodView> pods = observed.pods().getOrDefault(record.number(), List.of());
            if (job != null || !pods.isEmpty() || !record.isEnded()) {
                batches.add(Batch.of(record, job, pods));
            }
        }
        batches.sort(Comparator.comparingInt(Batch::number));
        return batches;
    }
}
