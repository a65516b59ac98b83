package io.jenkins.plugins.taskqueue.engine.policy;

import java.util.List;
import java.util.Set;

/**
 * While no worker of the run has ever started and all started items wait for one reason, such as an image that can't be
 * pulled, more of them would only wait too.
 */
final class SameReasonPolicy {
    /** What every pod goes through: says nothing about the others. */
    private static final Set<String> PASSING = Set.of("", "ContainerCreating", "Initializing", "Scheduling");

    private SameReasonPolicy() {}

    /** @return the reason that all started items wait for; empty where they do not, or not for the same */
    static String commonReason(List<Judged> batches) {
        String common = "";
        for (Judged judged : batches) {
            for (Progress progress : judged.items()) {
                if (progress instanceof Progress.Waiting waiting) {
                    String reason = waiting.pod().reason();
                    if (PASSING.contains(reason) || !(common.isEmpty() || common.equals(reason))) {
                        return "";
                    }
                    common = reason;
                } else if (!(progress instanceof Progress.Recorded)) {
                    return "";
                }
            }
        }
        return common;
    }
}
