package io.jenkins.plugins.taskqueue.engine;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What the loop runs on; all of it comes from outside and is closed by whoever made it.
 *
 * @param clock the time of day, for what people read
 * @param steady the time that durations are measured by
 * @param timer triggers passes and polls; one thread is enough. Null where the driver makes every pass itself
 * @param calls carries out calls of the {@link Cluster}; its size bounds how many are made at once
 * @param fetches carries out calls of the {@link Source}; at least two threads
 * @param events told what happens, on the loop's thread; must be quick
 */
public record Engine(
        InstantSource clock,
        InstantSource steady,
        ScheduledExecutorService timer,
        Executor calls,
        Executor fetches,
        Consumer<Event> events) {

    /** The same, whose events are told to one more. */
    Engine alsoTelling(Consumer<Event> more) {
        return new Engine(clock, steady, timer, calls, fetches, more.andThen(events));
    }
}
