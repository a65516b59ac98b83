package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Stop;

/**
 * What a person has asked of a running queue.
 *
 * @param paused nothing new is started
 * @param stop whether the run is to be stopped
 */
record Controls(boolean paused, Stop stop) {
    static final Controls NONE = new Controls(false, Stop.NO);

    Controls withPaused(boolean pause) {
        return new Controls(pause, stop);
    }

    Controls withStop(Stop why) {
        return new Controls(paused, why);
    }
}
