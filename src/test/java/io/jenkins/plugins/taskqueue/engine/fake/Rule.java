package io.jenkins.plugins.taskqueue.engine.fake;

/** What holds always, whatever happens: {@link RuleBook} has a check for each, and its own test breaks each once. */
public enum Rule {
    ONE_LIVE_BATCH("an item is in two live batches"),
    CLAIMED_AFTER_SUCCESS("an item that succeeded is claimed again"),
    CLAIMED_AGAIN("an item that came to its end in this run is claimed again, and nobody asked for that"),
    CLAIMED_UNLISTED("an item is claimed that the source has never listed"),
    CLAIMED_BEYOND_PARALLELISM("more items are claimed than may run at once"),
    CLAIMED_WHILE_PAUSED("an item is claimed while the queue is paused, or its run stopped"),
    NUMBER_USED_TWICE("a batch has a number that another one had in the same life of the queue"),

    CREATED_FOR_STOPPED_JOB("a pod is created though its Job was seen suspended"),
    CREATED_BEFORE_LAST_ENDED("a pod is created before the item's last one has ended"),
    CREATED_BEYOND_BUDGET("a pod is created though the item's attempts are used up"),
    CREATED_TOO_SOON("a pod is created before its back-off is over"),

    STARTED_WITHOUT_RECORD("a worker starts, and no record names its item"),
    STARTED_AFTER_OUTCOME("a worker starts though its item has its outcome"),
    STARTED_TWICE("a worker starts while another one of its item runs"),
    STARTED_AFTER_SUCCESS("a worker starts again after its item has succeeded"),
    STARTED_BEYOND_PARALLELISM("a worker starts beyond the parallelism"),
    STARTED_AFTER_END("a worker starts after the end of its run"),
    STARTED_OF_ANOTHER_LIFE("a worker of an earlier life of the queue starts beside the new one"),

    FALSE_SUCCESS("a record says that an item succeeded, and no worker of it did"),
    FALSE_FAILURE("a record says that an item failed, and it has attempts left"),
    FALSE_CANCELLATION("a record says that an item was cancelled, and nobody wanted that"),
    COUNTED_FALSELY("a record counts more attempts of an item than there were"),
    OUTCOME_CHANGED("an outcome that was written is another one now"),
    LOG_NOT_KEPT("a failed item's log was to be had, and is not in its record"),
    FORGOTTEN("an entry is taken out of a record, and the source was not told or lists the item still"),
    TOLD_TOO_EARLY("the source is told how an item ended before a record says so"),

    RELEASED_BEFORE_WRITTEN("a pod is let go before it is written what became of it"),
    UNTRACKED_BEFORE_DELETED("a pod is let go before it is told to end: nobody would see that it is to be stopped"),
    SWEPT_THOUGH_RECORDED("a Job or a pod is swept though a record tells of it"),
    HELD_FOR_LONG("a pod that has ended, and that somebody wants gone, is held though managers work"),
    STOPPED_FOR_NOTHING("a pod is stopped whose Job was not seen suspended"),
    JOB_DELETED_BEFORE_WRITTEN("a Job is deleted before the outcomes of its items are written"),
    MERGE_REPLACES_ITSELF("a merged record replaces itself"),
    LOST_IN_MERGE("an entry is lost in a merge"),
    RUN_ENDED_EARLY("a run is ended though something of it was seen that is not over");

    private final String breach;

    Rule(String breach) {
        this.breach = breach;
    }

    @Override
    public String toString() {
        return name() + ", " + breach;
    }
}
