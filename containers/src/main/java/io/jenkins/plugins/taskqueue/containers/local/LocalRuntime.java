package io.jenkins.plugins.taskqueue.containers.local;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every pod of a queue needs to run.
 *
 * @param timeout of one attempt; null for no limit
 * @param grace from asking a worker to end (SIGTERM) to ending it (SIGKILL)
 */
record LocalRuntime(
        LocalWorker worker, Duration timeout, Duration grace, ScheduledExecutorService timer, Clock clock) {}
