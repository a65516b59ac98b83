package io.jenkins.plugins.taskqueue.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many items may fail before the run is stopped.
 *
 * @param count at most so many failed items; ignored where {@code percent} is set
 * @param percent at most so many of a hundred items of the run, 0 to 100; -1 where {@code count} counts
 */
public record FailureLimit(int count, int percent) {
    /** However many fail, the run goes on. */
    public static final FailureLimit NEVER = new FailureLimit(Integer.MAX_VALUE, -1);
    /** The first failed item stops the run. */
    public static final FailureLimit FAIL_FAST = new FailureLimit(0, -1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(%?)");

    /**
     * Reads {@code none}, a number or a percentage such as {@code 5%}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static FailureLimit parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase("none")) {
            return NEVER;
        }
        Matcher form = FORM.matcher(trimmed);
        boolean percentage = form.matches() && !form.group(2).isEmpty();
        if (!form.matches() || (percentage && Integer.parseInt(form.group(1)) > 100)) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no limit of failures: give a number such as 3, a percentage from 0% to 100%, or none.");
        }
        int number = Integer.parseInt(form.group(1));
        return percentage ? new FailureLimit(0, number) : new FailureLimit(number, -1);
    }

    /** Whether so many failed items of so many of the run are more than the limit. */
    public boolean isExceededBy(int failed, int items) {
        return percent < 0 ? failed > count : failed * 100L > (long) percent * items;
    }

    /** Whether a limit was set at all: failed items within a set limit are tolerated. */
    public boolean isSet() {
        return !equals(NEVER);
    }

    @Override
    public String toString() {
        return percent >= 0 ? percent + "%" : isSet() ? Integer.toString(count) : "none";
    }
}
