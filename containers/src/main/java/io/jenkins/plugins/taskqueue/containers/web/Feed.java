package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the status server shows. All of it is called from several threads at once, for each request.
 *
 * @param status the newest status
 * @param log the log of the item with this name, of its running worker or as kept after its end
 * @param health how the manager is
 * @param clock to when the figures of what goes on are counted
 * @param metrics what is counted
 */
public record Feed(
        Supplier<Status> status,
        Function<String, Optional<String>> log,
        Supplier<Health> health,
        InstantSource clock,
        Metrics metrics) {}
