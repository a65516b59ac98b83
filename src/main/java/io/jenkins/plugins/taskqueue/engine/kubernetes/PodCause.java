package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a pod's events say of why it waits.
 *
 * @param reason the event's, of one that tells a failure; else empty
 * @param message the sentence to it
 */
record PodCause(String reason, String message) {
    static final PodCause UNREADABLE = new PodCause(
            "",
            "Kubernetes has not said why. The pod's events may, but can't be read: give the queue manager the right "
                    + "\"list events\", as containers/deploy/role.yaml does.");

    private static final Comparator<Event> LATEST =
            Comparator.comparing(PodCause::time, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));

    /** The last failure, else the last warning, else whatever came last. No event says nothing. */
    static PodCause of(List<Event> events) {
        return Stream.of(
                        events.stream().filter(PodCause::isWarning).filter(PodCause::isFailure),
                        events.stream().filter(PodCause::isWarning),
                        events.stream())
                .map(some -> some.max(LATEST).orElse(null))
                .filter(Objects::nonNull)
                .findFirst()
                .map(PodCause::of)
                .orElse(new PodCause("", ""));
    }

    private static PodCause of(Event event) {
        String message = PodWords.first(event.getMessage(), event.getReason());
        return isWarning(event) && isFailure(event)
                ? new PodCause(event.getReason(), message)
                : new PodCause("", "The last that was told of it is: " + message);
    }

    private static boolean isWarning(Event event) {
        return "Warning".equals(event.getType());
    }

    private static boolean isFailure(Event event) {
        return event.getReason() != null && event.getReason().startsWith("Failed");
    }

    private static Instant time(Event event) {
        String series = event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                ? null
                : event.getSeries().getLastObservedTime().getTime();
        String first =
                event.getEventTime() == null ? null : event.getEventTime().getTime();
        return PodFacts.time(PodWords.first(series, event.getLastTimestamp(), first, event.getFirstTimestamp()));
    }
}
