package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table's rows as the loop sees them. */
final class RowsSeen {
    private RowsSeen() {}

    static Observed of(
            Observed.Run run, Rows<RecordRow> records, Rows<JobRow> jobs, Rows<PodRow> pods, Observed.Others others) {
        List<BatchRecord> sorted = new ArrayList<>();
        records.all().forEach(row -> sorted.add(row.view().record()));
        sorted.sort(Comparator.comparingInt(BatchRecord::number).thenComparing(BatchRecord::merged));
        Map<Integer, JobView> byBatch = new HashMap<>();
        for (Rows.Row<JobRow> row : jobs.all()) {
            byBatch.put(row.view().view().batch(), row.view().view());
        }
        Map<Integer, List<PodView>> podsByBatch = new HashMap<>();
        for (Rows.Row<PodRow> row : pods.all()) {
            PodView pod = row.view().view();
            podsByBatch.computeIfAbsent(pod.batch(), batch -> new ArrayList<>()).add(pod);
        }
        return new Observed(run, sorted, byBatch, podsByBatch, others);
    }
}
