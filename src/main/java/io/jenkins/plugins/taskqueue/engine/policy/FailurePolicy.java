package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.FailureLimit;

/** Stops the run when more items have failed than its limit allows. */
final class FailurePolicy {
    private FailurePolicy() {}

    /**
     * @param failed items that failed in this run, recorded or about to be
     * @param items all of the run; a percentage waits until there are some
     */
    static Stop check(FailureLimit limit, int failed, int items) {
        if (!limit.isExceededBy(failed, items) || (limit.percent() >= 0 && items == 0)) {
            return Stop.NO;
        }
        String sentence = limit.equals(FailureLimit.FAIL_FAST)
                ? "An item failed, and the limit of failures is 0: the rest is cancelled."
                : failed + " of " + items + " items failed, which is more than the limit of " + limit
                        + ": the rest is cancelled.";
        return new Stop("FailureLimit", sentence);
    }
}
