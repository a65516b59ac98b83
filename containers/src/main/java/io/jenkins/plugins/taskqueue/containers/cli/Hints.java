package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.nio.file.Path;

/**
 * What a user can do next, by where the queue runs.
 *
 * @param spec the queue
 * @param kubernetes the options that lead to the queue's cluster and namespace, with a space before; null where it runs
 *     on local processes
 * @param logDirectory where whole logs are kept; null for nowhere
 */
record Hints(QueueSpec spec, String kubernetes, Path logDirectory) {

    String whenStopped() {
        return kubernetes == null
                ? "Stopped, and the workers too: local processes end with their queue manager. Started again, the queue"
                        + " begins anew."
                : "Stopped. The workers that run go on; start the same command again to go on with the queue \""
                        + spec.name() + "\".";
    }

    String log(String item) {
        if (logDirectory != null) {
            return "Its log is kept in " + logDirectory + ".";
        }
        return kubernetes == null || !spec.named()
                ? "The end of its log is shown at the end."
                : "Its log: taskqueue logs --queue " + Text.quoted(spec.name()) + kubernetes + " " + Text.quoted(item);
    }
}
