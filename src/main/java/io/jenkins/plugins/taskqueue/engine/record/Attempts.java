package io.jenkins.plugins.taskqueue.engine.record;

/**
 * What a record counts of a live item's attempts that are over, so that their pods need not be there any more.
 *
 * @param failures how many failed by themselves
 * @param disruptions how many the cluster took away
 * @param last number of the last of them; -1 for none
 * @param alike how many ended for the cause of the last, which the back-off grows with; 0 where there is to be none
 * @param end how the last ended, for people
 */
public record Attempts(int failures, int disruptions, int last, int alike, String end) {
    public static final Attempts NONE = new Attempts(0, 0, -1, 0, "");
    private static final int LONGEST_END = 300;

    public Attempts {
        end = end.length() <= LONGEST_END ? end : end.substring(0, LONGEST_END) + "…";
    }

    /** With one more that failed by itself. */
    public Attempts failed(int attempt, String how) {
        return new Attempts(failures + 1, disruptions, attempt, failures + 1, how);
    }

    /** With one more that the cluster took away. */
    public Attempts disrupted(int attempt, String how) {
        return new Attempts(failures, disruptions + 1, attempt, disruptions + 1, how);
    }

    /** With one more that cost nothing. */
    public Attempts stopped(int attempt, String how) {
        return new Attempts(failures, disruptions, attempt, 0, how);
    }

    /** With other words for how the last ended. */
    public Attempts withEnd(String how) {
        return new Attempts(failures, disruptions, last, alike, how);
    }
}
