package io.jenkins.plugins.taskqueue.containers.local;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every pod of a queue needs to run.
 *
 * @param stages what runs one after the other; one alone where the worker is one command
 * @param timeout of one attempt; null for no limit
 * @param grace from asking a worker to end (SIGTERM) to ending it (SIGKILL)
 */
record LocalRuntime(
        List<LocalWorker> stages, Duration timeout, Duration grace, ScheduledExecutorService timer, Clock clock) {}
