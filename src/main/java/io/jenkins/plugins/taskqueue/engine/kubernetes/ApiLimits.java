package io.jenkins.plugins.taskqueue.engine.kubernetes;

/**
 * How hard the API server is worked: fabric8's client limits nothing by itself.
 *
 * @param concurrent the most writes at once
 * @param perSecond the most writes a second in the long run
 * @param burst how many may go at once after a pause
 */
public record ApiLimits(int concurrent, int perSecond, int burst) {
    public static final ApiLimits DEFAULT = new ApiLimits(16, 200, 200);

    public ApiLimits {
        if (concurrent < 1 || perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("The limits of API calls are " + concurrent + " at once, " + perSecond
                    + " a second and a burst of " + burst + ": each must be 1 or more.");
        }
    }
}
