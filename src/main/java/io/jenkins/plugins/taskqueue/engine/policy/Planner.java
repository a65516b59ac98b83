package io.jenkins.plugins.taskqueue.engine.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gathers a plan. Leaves out what is being carried out already or has to wait. Used by one thread, for one decision. */
final class Planner {
    private final Instant now;
    private final Underway underway;
    private final List<Action> actions = new ArrayList<>();
    private Instant wake = Instant.MAX;
    private String sentence = "";

    Planner(Instant now, Underway underway) {
        this.now = now;
        this.underway = underway;
    }

    Instant now() {
        return now;
    }

    void add(Action action) {
        if (underway.isFree(action.key(), now)) {
            actions.add(action);
        } else if (underway.held().containsKey(action.key())) {
            wakeAt(underway.held().get(action.key()).until());
        }
    }

    /** What holds the queue up. */
    void say(String why) {
        sentence = why;
    }

    void wakeAt(Instant time) {
        if (time.isAfter(now) && time.isBefore(wake)) {
            wake = time;
        }
    }

    Plan plan(Stop stop, List<Judged> judged) {
        return new Plan(actions, wake, stop, judged, sentence);
    }
}
