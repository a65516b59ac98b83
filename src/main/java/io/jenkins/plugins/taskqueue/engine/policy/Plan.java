package io.jenkins.plugins.taskqueue.engine.policy;

import java.time.Instant;
import java.util.List;

/**
 * What is to be done now.
 *
 * @param actions in the order in which they are to be begun
 * @param wake when to decide again, if nothing happens before; {@link Instant#MAX} where time alone changes nothing
 * @param stop why the run is being stopped
 * @param judged how the items of each batch stand
 * @param sentence why no more items are started though there are some and slots are free; empty otherwise
 */
public record Plan(List<Action> actions, Instant wake, Stop stop, List<Judged> judged, String sentence) {}
