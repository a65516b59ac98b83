package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.util.Objects;

/** How a queue works with its cluster. */
public record KubernetesSettings(ApiLimits limits, LeaseTimes lease) {
    public static final KubernetesSettings DEFAULT = new KubernetesSettings(ApiLimits.DEFAULT, LeaseTimes.DEFAULT);

    public KubernetesSettings {
        Objects.requireNonNull(limits);
        Objects.requireNonNull(lease);
    }
}
