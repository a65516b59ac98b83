package io.jenkins.plugins.taskqueue.engine.kubernetes;

/**
 * What our objects are marked with: labels to select by, annotations for full names, and the names that Kubernetes has
 * for the rest. Changing one orphans the objects of running queues.
 */
public final class Keys {
    /** Label of every object of ours, with {@link #TASK_QUEUE}. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Value of {@link #MANAGED_BY}. */
    public static final String TASK_QUEUE = "task-queue";
    /** Label of every object of a queue: the queue's id. */
    public static final String QUEUE = "task-queue.jenkins.io/queue";
    /** Label of ConfigMaps: {@link #KIND_QUEUE}, {@link #KIND_RECORD} or {@link #KIND_MERGED}. */
    public static final String KIND = "task-queue.jenkins.io/kind";
    /** The queue's owner object. */
    public static final String KIND_QUEUE = "queue";
    /** The record of one batch. */
    public static final String KIND_RECORD = "record";
    /** The record of many ended batches. */
    public static final String KIND_MERGED = "merged";
    /** Label of records, Jobs and pods: the batch's number; of a merged record the highest in it. */
    public static final String BATCH = "task-queue.jenkins.io/batch";
    /** Label of records: {@code live}, {@code ended}, or {@code retry} where a person asked for an item again. */
    public static final String STATE = "task-queue.jenkins.io/state";
    /** Label of pods: a hash of the item's name, since a label can't hold any name. */
    public static final String ITEM = "task-queue.jenkins.io/item";
    /** Label of pods: the attempt, from 0. */
    public static final String ATTEMPT = "task-queue.jenkins.io/attempt";
    /** Label of an ambassador's pod: the id of the queue that it was started for. It is no pod of that queue's items. */
    public static final String AMBASSADOR = "task-queue.jenkins.io/ambassador";
    /** Annotation of every object of ours: the queue's full name. */
    public static final String QUEUE_NAME = "task-queue.jenkins.io/queue-name";
    /** Annotation of pods: the item's full name. */
    public static final String ITEM_NAME = "task-queue.jenkins.io/item-name";
    /** Annotation of pods: the names of the worker's stages in their order, separated by commas. */
    public static final String STAGES = "task-queue.jenkins.io/stages";
    /** Annotation of pods: their Job was suspended, and so they were deleted. */
    public static final String SUSPENDED = "task-queue.jenkins.io/suspended";
    /** Annotation of pods: their worker had ended before they were deleted, which stops their other containers. */
    public static final String ENDED = "task-queue.jenkins.io/ended";
    /** Finalizer of pods: their outcome has not been recorded yet. */
    public static final String FINALIZER = "task-queue.jenkins.io/tracking";
    /** {@code spec.managedBy} of Jobs: the built-in controller leaves them alone (KEP-4368). */
    public static final String MANAGER = "task-queue.jenkins.io/manager";

    /** Label of the pods of a Job, as the built-in controller sets it. */
    static final String JOB_NAME = "batch.kubernetes.io/job-name";
    /** Label of the pods of a Job, which the Job's own selector has. */
    static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
    /** Label and annotation of the pods of an Indexed Job. */
    static final String COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index";

    /** Label of Jobs: the LocalQueue of Kueue that admits them. */
    static final String KUEUE_QUEUE = "kueue.x-k8s.io/queue-name";

    private Keys() {}
}
