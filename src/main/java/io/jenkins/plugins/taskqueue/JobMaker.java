package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.taskqueue.engine.Maker;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** A job of this Jenkins as the maker of its queues. */
final class JobMaker {
    private static final Pattern NAME = Pattern.compile("the job \"(.*)\" of the Jenkins (\\w+)", Pattern.DOTALL);

    private static final String TO_SHARE = "have an administrator name those who share it in the cluster's setting"
            + " \"Jobs that share their queues\"";

    private JobMaker() {}

    /**
     * @param job its full name
     * @param sharing the jobs that share their queues with one another, and with makers outside this Jenkins; null for none
     */
    static Maker of(String job, @CheckForNull String sharing) {
        AllowedJobs sharers = AllowedJobs.of(sharing);
        boolean shares = !sharers.patterns().isEmpty() && sharers.allowName(job);
        return new Maker(name(job), other -> shares && isShared(other, sharers), TO_SHARE);
    }

    private static boolean isShared(String other, AllowedJobs sharers) {
        Matcher name = NAME.matcher(other);
        return !name.matches() || !name.group(2).equals(jenkins()) || sharers.allowName(name.group(1));
    }

    private static String name(String job) {
        return "the job \"" + job + "\" of the Jenkins " + jenkins();
    }

    private static String jenkins() {
        return QueueId.hash(Jenkins.get().getLegacyInstanceId(), 8);
    }
}
