package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells once why a manager has not acted for a while, and once that it acts again. For the loop's thread alone. */
final class LookingOn {
    static final String SENTENCE =
            "Another manager acts on this queue, or this one is not connected to the API server: looking on.";
    /** A lease that changes hands takes less, as a rule. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    private final Consumer<Event> events;
    private String why = "";
    private String told = "";
    private Instant since;

    LookingOn(Consumer<Event> events) {
        this.events = events;
    }

    /** Why it does not act; empty where it does. */
    String why() {
        return why;
    }

    void look(String nowWhy, Instant now) {
        since = nowWhy.equals(why) ? since : now;
        why = nowWhy;
        if (why.isEmpty() && !told.isEmpty()) {
            events.accept(new Event.Notice("This manager acts on the queue again."));
            told = "";
        } else if (!why.equals(told) && !now.isBefore(since.plus(WORTH_TELLING))) {
            events.accept(new Event.Notice(why));
            told = why;
        }
    }
}
