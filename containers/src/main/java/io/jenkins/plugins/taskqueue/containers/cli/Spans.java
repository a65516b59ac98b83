package io.jenkins.plugins.taskqueue.containers.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Durations for people: two units at most. */
final class Spans {
    private Spans() {}

    static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%d h %02d m", seconds / 3600, seconds / 60 % 60);
        }
        return String.format(Locale.ROOT, "%d d %02d h", seconds / 86_400, seconds / 3600 % 24);
    }

    /** Empty where one of the ends is not known. */
    static String between(Instant from, Instant to) {
        return from == null || to == null || to.isBefore(from) ? "" : text(Duration.between(from, to));
    }
}
