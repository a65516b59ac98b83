package io.jenkins.plugins.taskqueue.engine.kubernetes;

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
        return record.merged() ? owner() + "-merged-" + record.number() : batch(record.number());
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
