package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What exists of a queue, at one moment. Unchanged records are the same instances from one observation to the next, so
 * that only what changed needs to be looked at.
 *
 * @param run the queue's current run
 * @param records every record, by ascending number
 * @param jobs by batch number
 * @param pods by batch number, each in no order
 * @param others what looks like an object of the queue, and is none
 */
public record Observed(
        Run run,
        Collection<BatchRecord> records,
        Map<Integer, JobView> jobs,
        Map<Integer, List<PodView>> pods,
        Others others) {

    /**
     * @param left whether something of an earlier queue of this name is to be removed
     * @param sentence what there is, and what becomes of it; empty where there is nothing
     * @param unreadable which records can't be read as they are now, and are taken to be as they were; empty where all can
     */
    public record Others(boolean left, String sentence, String unreadable) {
        public static final Others NONE = new Others(false, "", "");
    }

    /**
     * @param id the run's id
     * @param ended whether a manager has declared it ended
     * @param deleted whether somebody deleted the queue
     * @param claimed the highest number that was ever given to a batch; 0 before the first
     * @param settled whether the record of the last number is seen; else it may still come, and nothing that depends on
     *     every record may be decided
     */
    public record Run(String id, boolean ended, boolean deleted, int claimed, boolean settled) {}
}
