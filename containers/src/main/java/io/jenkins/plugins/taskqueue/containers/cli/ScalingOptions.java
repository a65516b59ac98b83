package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How the parallelism follows the traffic. */
final class ScalingOptions {
    @Option(
            names = "--max-parallelism",
            paramLabel = "N",
            description = "Let the parallelism follow the traffic, from --parallelism up to this: it rises while items"
                    + " arrive faster than they can be done, and falls when that leaves workers idle.")
    private Integer most;

    @Option(
            names = "--utilization",
            paramLabel = "PERCENT",
            defaultValue = ScalingSpec.UTILIZATION + "",
            description = "With --max-parallelism: how busy the workers are to be, which leaves room for bursts"
                    + " (default: ${DEFAULT-VALUE}).")
    private int utilization;

    @Option(
            names = "--drain-within",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "With --max-parallelism: have what waits done in that time, such as 30m.")
    private Duration drainWithin;

    @Option(
            names = "--scaling-window",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description =
                    "With --max-parallelism: the span of time that is looked back on (default:" + " ${DEFAULT-VALUE}).")
    private Duration window;

    /**
     * @return null for a fixed parallelism
     * @throws IllegalArgumentException with a sentence for the user
     */
    ScalingSpec spec(int parallelism) {
        if (most != null) {
            return new ScalingSpec(parallelism, most, utilization, drainWithin, window);
        }
        if (drainWithin != null) {
            throw new IllegalArgumentException(
                    "--drain-within is of use with --max-parallelism only: say how far the parallelism may rise.");
        }
        return null;
    }
}
