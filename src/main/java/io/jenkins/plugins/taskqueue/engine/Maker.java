package io.jenkins.plugins.taskqueue.engine;

import java.util.function.Predicate;

/**
 * Who makes a queue. Its name is written down with the queue, and whoever else takes the queue's name is refused with both.
 *
 * @param name for people, and to be known by
 * @param shares whether a queue of another maker may be gone on with, told by that one's name
 * @param toShare what to do where it may not
 */
public record Maker(String name, Predicate<String> shares, String toShare) {
    public static final Maker STAND_ALONE = standAlone(false, "have it shared");

    /** @param shares whether it may go on with anybody's queues */
    public static Maker standAlone(boolean shares, String toShare) {
        return new Maker("a stand-alone queue manager", other -> shares, toShare);
    }

    /** @param maker of a queue; empty where nobody wrote it down */
    public boolean mayUse(String maker) {
        return maker.isEmpty() || maker.equals(name) || shares.test(maker);
    }
}
