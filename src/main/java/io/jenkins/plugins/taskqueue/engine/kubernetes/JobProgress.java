package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The status of a batch's Job. What the API server accepts of a Job that is managed from outside is in
 * k8s.io/kubernetes pkg/apis/batch/validation: counters never fall, the start never moves, a finished Job has no active
 * pods, only a Complete one has a completion time, and {@code FailureTarget} or {@code SuccessCriteriaMet} comes with
 * {@code Failed} or {@code Complete}.
 */
final class JobProgress {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobProgress() {}

    /**
     * A merge patch of the status subresource. A suspended Job has no start: only then does the API server let Kueue
     * say in its template where its pods may run.
     */
    static String patch(BatchRecord record, List<PodView> pods, boolean suspended, Instant now) {
        Map<Integer, PodView> latest = pods.stream()
                .collect(Collectors.toMap(
                        PodView::index, Function.identity(), (a, b) -> a.attempt() > b.attempt() ? a : b));
        SortedSet<Integer> completed = new TreeSet<>();
        SortedSet<Integer> failed = new TreeSet<>();
        int failedPods = 0;
        int active = 0;
        int ready = 0;
        for (Entry entry : record.entries()) {
            PodView pod = latest.get(entry.index());
            if (!entry.isLive()) {
                boolean succeeded = entry.outcome().state() == ItemState.SUCCEEDED;
                (succeeded ? completed : failed).add(entry.index());
                failedPods += Math.max(0, entry.outcome().attempts() - (succeeded ? 1 : 0));
            } else if (pod != null) {
                failedPods += pod.attempt() + (pod.phase() == Phase.FAILED || pod.phase() == Phase.GONE ? 1 : 0);
                active += pod.isTerminal() ? 0 : 1;
                ready += pod.phase() == Phase.RUNNING ? 1 : 0;
            }
        }
        ObjectNode status = JSON.createObjectNode()
                .put("startTime", suspended && !record.isEnded() ? null : seconds(record.created()))
                .put("active", active)
                .put("ready", ready)
                .put("succeeded", completed.size())
                .put("failed", failedPods)
                .put("completedIndexes", IndexSet.format(completed))
                .put("failedIndexes", IndexSet.format(failed));
        ArrayNode conditions = status.putArray("conditions");
        if (record.isEnded()) {
            end(status, conditions, record, failed, now);
        } else if (suspended) {
            condition(conditions, "Suspended", "JobSuspended", "spec.suspend is true.", now);
        }
        ObjectNode root = JSON.createObjectNode();
        root.set("status", status);
        return root.toString();
    }

    private static void end(
            ObjectNode status, ArrayNode conditions, BatchRecord record, SortedSet<Integer> failed, Instant now) {
        if (failed.isEmpty()) {
            String message = "All items of the batch are done.";
            condition(conditions, "SuccessCriteriaMet", "CompletionsReached", message, now);
            condition(conditions, "Complete", "CompletionsReached", message, now);
            status.put("completionTime", seconds(completionTime(record)));
        } else {
            String message = failed.size() + " of " + record.entries().size() + " items failed or were cancelled.";
            condition(conditions, "FailureTarget", "FailedIndexes", message, now);
            condition(conditions, "Failed", "FailedIndexes", message, now);
        }
    }

    private static Instant completionTime(BatchRecord record) {
        return record.entries().stream()
                .map(entry -> entry.outcome().ended())
                .filter(ended -> ended != null && ended.isAfter(record.created()))
                .max(Instant::compareTo)
                .orElse(record.created());
    }

    private static void condition(ArrayNode conditions, String type, String reason, String message, Instant now) {
        conditions
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put("lastProbeTime", seconds(now))
                .put("lastTransitionTime", seconds(now));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static JobView view(Job job, int batch) {
        var status = job.getStatus();
        boolean finished = status != null
                && status.getConditions().stream()
                        .anyMatch(condition -> "True".equals(condition.getStatus())
                                && ("Complete".equals(condition.getType()) || "Failed".equals(condition.getType())));
        return new JobView(
                batch,
                job.getMetadata().getName(),
                job.getMetadata().getUid(),
                Boolean.TRUE.equals(job.getSpec().getSuspend()),
                Objects.requireNonNullElse(job.getMetadata().getLabels().get(Keys.KUEUE_QUEUE), ""),
                finished);
    }
}
