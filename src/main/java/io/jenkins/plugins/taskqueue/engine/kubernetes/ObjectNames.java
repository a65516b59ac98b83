package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.Map;

/**
 * The names of a queue's objects. They follow from the queue's id and numbers alone, so that creating one twice is
 * refused by the API server. A queue id has at most 29 characters: every name stays under the 63 of a host name.
 */
record ObjectNames(QueueId id, String queueName) {

    /** The owner object, and the Lease. */
    String owner() {
        return "tq-" + id;
    }

    /** A batch's record and its Job. */
    String batch(int number) {
        return owner() + "-" + number;
    }

    String pod(int batch, int index, int attempt) {
        return batch(batch) + "-" + index + "-" + attempt;
    }

    String record(BatchRecord record) {
        return record.merged() ? merged(record.number()) : batch(record.number());
    }

    private String merged(int number) {
        return owner() + "-merged-" + number;
    }

    /**
     * Whether an object has the very name that we would give to one with its labels. Numbers of ten digits are none of
     * ours: no queue comes to so many batches.
     */
    boolean fit(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (!marks(labels)) {
            return false;
        }
        String name = object.getMetadata().getName();
        int batch = number(labels, Keys.BATCH);
        if (object instanceof Pod) {
            return name.equals(pod(batch, number(labels, Keys.COMPLETION_INDEX), number(labels, Keys.ATTEMPT)));
        }
        boolean merged = Keys.KIND_MERGED.equals(labels.get(Keys.KIND));
        boolean record = merged || Keys.KIND_RECORD.equals(labels.get(Keys.KIND)) || object instanceof Job;
        return record && batch >= 0 && name.equals(merged ? merged(batch) : batch(batch));
    }

    /** The number in a label or a key; negative where there is none. */
    static int number(Map<String, String> labels, String label) {
        String text = labels.getOrDefault(label, "");
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** Why a name that we would give is not to be had. */
    ClusterException taken(HasMetadata found) {
        String what = "The " + found.getKind() + " " + found.getMetadata().getName();
        return new ClusterException(
                ClusterException.Kind.TAKEN,
                fit(found)
                        ? what + " is left of an earlier queue of this name: its name is free when it has gone."
                        : what + " is none of queue \"" + queueName + "\": delete or rename it.");
    }

    /** What selects every object of the queue. */
    Map<String, String> labels() {
        return Map.of(Keys.MANAGED_BY, Keys.TASK_QUEUE, Keys.QUEUE, id.value());
    }

    Map<String, String> annotations() {
        return Map.of(Keys.QUEUE_NAME, queueName);
    }

    /** Whether an object with these labels is one of this queue. */
    boolean marks(Map<String, String> labels) {
        return labels != null && labels.entrySet().containsAll(labels().entrySet());
    }
}
