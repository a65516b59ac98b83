package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

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

    private static final Comparator<Event> LATEST = Comparator.comparing(
                    PodCause::time, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(PodCause::isFailure);

    /** What came last. Where something failed, other warnings do not count; and no event says nothing. */
    static PodCause of(List<Event> events) {
        boolean failed = events.stream().anyMatch(PodCause::isFailure);
        return events.stream()
                .filter(event -> !failed || isFailure(event) || !isWarning(event))
                .max(LATEST)
                .map(PodCause::of)
                .orElse(new PodCause("", ""));
    }

    private static PodCause of(Event event) {
        String message = PodWords.first(event.getMessage(), event.getReason());
        return isFailure(event)
                ? new PodCause(event.getReason(), message)
                : new PodCause("", "The last that was told of it is: " + message);
    }

    private static boolean isWarning(Event event) {
        return "Warning".equals(event.getType());
    }

    private static boolean isFailure(Event event) {
        return isWarning(event)
                && event.getReason() != null
                && event.getReason().startsWith("Failed");
    }

    private static Instant time(Event event) {
        String series = event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                ? null
                : event.getSeries().getLastObservedTime().getTime();
        String first =
                event.getEventTime() == null ? null : event.getEventTime().getTime();
        Instant time =
                PodFacts.time(PodWords.first(series, event.getLastTimestamp(), first, event.getFirstTimestamp()));
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS); // some reporters know no less
    }
}
