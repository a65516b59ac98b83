package io.jenkins.plugins.taskqueue.engine;

/** What happens to a {@link ChaosWorld} beside calls that fail and views that lag. */
enum Mischief {
    MANAGER_KILLED,
    MANAGER_STALLED,
    SOURCE_LISTS_MORE,
    SOURCE_DOWN,
    SOURCE_UP,
    WISHES_CHANGED,
    RETRY_ASKED_FOR,
    ITEM_CANCELLED,
    MUCH_LATER,
    POD_DELETED,
    POD_VANISHED,
    POD_STUCK,
    JOB_SUSPENDED,
    JOB_DELETED,
    /** With orphans or in the foreground: it is seen for a while, and its pods stay. */
    JOB_DELETED_SLOWLY,
    /** Every pod of a node is told to end. */
    NODE_DRAINED,
    /** With all that is in it; only in worlds that end by that. */
    NAMESPACE_DELETED,
    RECORD_DELETED,
    OWNER_DELETED,
    /** Before the garbage collector has told the pods to end. */
    OWNER_CREATED_ANEW,
    CLOCK_SET,
    ADMISSION_DENIED,
    BACKUP_RESTORED,
    /** Several of the others at once. */
    BUNDLE
}
