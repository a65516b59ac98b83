package io.jenkins.plugins.taskqueue.engine.scaling;

/**
 * What the parallelism is to be from now on.
 *
 * @param traffic what it was decided from
 * @param quota how many items at once the quota admits; {@link Integer#MAX_VALUE} where it refuses none
 */
public record ScalingDecision(int from, int to, Traffic traffic, ScalingSpec spec, int quota) {
    public boolean changes() {
        return from != to;
    }

    /** The decision and what it was made from, such as "4 -> 9: an item every 2.1 s, 17 s each, 90 %". */
    public String sentence() {
        return from + (changes() ? " -> " + to : "") + ": " + ScalingWords.of(spec, traffic, quota);
    }
}
