package io.jenkins.plugins.taskqueue.engine.ledger;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.policy.Progress;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells what happened to an item between two looks at it. */
final class Transitions {
    private final Consumer<Event> events;

    Transitions(Consumer<Event> events) {
        this.events = events;
    }

    /** @param progress null for an item of no live batch */
    void tell(ItemStatus before, ItemStatus after, Progress progress) {
        PodView pod = pod(progress);
        boolean started = after.started() != null
                && (before == null
                        || before.started() == null
                        || !before.started().equals(after.started()));
        if (started && pod != null && pod.started() != null) {
            Duration waited = between(after.listed(), after.started());
            events.accept(
                    new Event.Started(after.name(), pod.attempt(), waited, between(pod.created(), pod.started())));
        }
        if (progress instanceof Progress.Due due && due.previous() != null && !sameWait(before, after)) {
            PodView last = due.previous();
            events.accept(new Event.Retrying(
                    after.name(),
                    last.attempt(),
                    last.reason(),
                    last.disrupted(),
                    between(last.started(), last.ended())));
        }
        boolean endsNow = after.state().isFinal()
                && after.state() != ItemState.SKIPPED
                && (before == null || !before.state().isFinal());
        if (endsNow) {
            Duration ran = after.started() == null ? Duration.ZERO : between(after.started(), after.ended());
            events.accept(new Event.Ended(
                    after.name(), after.state(), after.reason(), after.message(), after.attempts(), ran));
        }
    }

    private static boolean sameWait(ItemStatus before, ItemStatus after) {
        return before != null
                && before.state() == ItemState.STARTING
                && before.attempts() == after.attempts()
                && !before.message().isEmpty();
    }

    private static PodView pod(Progress progress) {
        if (progress instanceof Progress.Running running) {
            return running.pod();
        }
        return progress instanceof Progress.Ended ended ? ended.pod() : null;
    }

    private static Duration between(Instant from, Instant to) {
        return from == null || to == null || to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
