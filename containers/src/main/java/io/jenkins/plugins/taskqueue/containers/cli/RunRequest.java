package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.containers.web.PageAddress;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.LogStore;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.Source;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that one run needs.
 *
 * @param logs null where whole logs are not kept
 * @param calls the most calls of the cluster at once
 * @param page where the status page is served; empty for nowhere
 * @param serve whether the page stays after the end, until the process is stopped
 * @param closing a last sentence, asked for at the end; empty for none
 * @param hints the sentences that depend on where it runs
 */
record RunRequest(
        QueueSpec spec,
        Source source,
        Cluster cluster,
        LogStore logs,
        int calls,
        OutputFormat output,
        Optional<PageAddress> page,
        boolean serve,
        Supplier<String> closing,
        Hints hints) {}
