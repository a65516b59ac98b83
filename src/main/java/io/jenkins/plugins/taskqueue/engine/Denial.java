package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;

/**
 * That what all else depends on is refused: reading, the sign of life, or knowing who asks.
 *
 * @param sentence what is refused, and what comes of it; empty where nothing is
 * @param believed whether it was refused again and again for {@link #BOUND}: then the queue ends
 */
public record Denial(String sentence, boolean believed) {
    public static final Denial NONE = new Denial("", false);
    /** An API server that has just started denies everything until it has read the roles, and people repair roles. */
    public static final Duration BOUND = Duration.ofMinutes(1);
}
