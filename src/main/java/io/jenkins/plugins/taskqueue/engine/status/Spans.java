package io.jenkins.plugins.taskqueue.engine.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write and read them. */
public final class Spans {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Spans() {}

    /**
     * Reads such as {@code 90s}, {@code 10m}, {@code 1h30m}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Duration parse(String text) {
        Matcher parts = PART.matcher(text.trim());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
            end = parts.end();
        }
        if (end == 0 || end != text.trim().length()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration: give a number with its unit, such as 90s, 10m, 1h or 1h30m.");
        }
        return sum;
    }

    private static Duration part(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Two units at most. */
    public static String text(Duration span) {
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
    public static String between(Instant from, Instant to) {
        return from == null || to == null || to.isBefore(from) ? "" : text(Duration.between(from, to));
    }
}
