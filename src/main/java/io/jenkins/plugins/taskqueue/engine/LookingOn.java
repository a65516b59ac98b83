package io.jenkins.plugins.taskqueue.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells once that a manager has looked on for a while, and once that it acts again. For the loop's thread alone. */
final class LookingOn {
    static final String SENTENCE =
            "Another manager acts on this queue, or this one is not connected to the API server: looking on.";
    /** A lease that changes hands takes less, as a rule. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    private final Consumer<Event> events;
    private Instant since;
    private boolean told;

    LookingOn(Consumer<Event> events) {
        this.events = events;
    }

    void look(boolean mayAct, Instant now) {
        since = mayAct ? null : since == null ? now : since;
        boolean tells = since != null && !now.isBefore(since.plus(WORTH_TELLING));
        if (tells && !told) {
            events.accept(new Event.Notice(SENTENCE));
        } else if (mayAct && told) {
            events.accept(new Event.Notice("This manager acts on the queue again."));
        }
        told = !mayAct && (told || tells);
    }
}
