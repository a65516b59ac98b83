package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.kubernetes.ApiLimits;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import io.jenkins.plugins.taskqueue.engine.kubernetes.LeaseTimes;
import picocli.CommandLine.Option;

/** How hard the API server may be pressed, on the command line. */
final class ApiOptions {
    @Option(
            names = "--api-rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "The most writes to the API server in a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--api-concurrency",
            paramLabel = "N",
            defaultValue = "16",
            description = "The most writes to the API server at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    /** What is not said on the command line. */
    static ApiOptions standard() {
        ApiOptions standard = new ApiOptions();
        standard.rate = ApiLimits.DEFAULT.perSecond();
        standard.concurrency = ApiLimits.DEFAULT.concurrent();
        return standard;
    }

    KubernetesSettings settings() {
        int rate = positive("--api-rate", this.rate);
        return new KubernetesSettings(new ApiLimits(concurrency(), rate, rate), LeaseTimes.DEFAULT);
    }

    int concurrency() {
        return positive("--api-concurrency", concurrency);
    }

    private static int positive(String option, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(option + " " + number + ": it must be 1 or more.");
        }
        return number;
    }
}
