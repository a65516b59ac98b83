package io.jenkins.plugins.taskqueue.containers.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesConnection;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The cluster and the namespace, on the command line. */
final class KubernetesOptions {
    /** What the client takes where nothing tells it of a cluster; in a pod the address is a number. */
    private static final String NO_CLUSTER = "https://kubernetes.default.svc";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of the queue's objects; else the kubeconfig's, else default.")
    private String namespace;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the cluster; else $KUBECONFIG, ~/.kube/config, or the pod's service account.")
    private Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The kubeconfig's context to use.")
    private String context;

    boolean isGiven() {
        return kubeconfig != null;
    }

    /** @throws IllegalArgumentException with a sentence where the kubeconfig can't be used */
    private Config config() {
        Config config = kubeconfig == null ? Config.autoConfigure(context) : fromFile();
        if (config.getMasterUrl().startsWith(NO_CLUSTER) && config.getCurrentContext() == null) {
            throw new IllegalArgumentException("No cluster is known here: give its kubeconfig with --kubeconfig or the"
                    + " variable KUBECONFIG. To try a worker without a cluster, use run --local.");
        }
        if (context != null && config.getContexts().stream().noneMatch(one -> context.equals(one.getName()))) {
            throw new IllegalArgumentException("--context: the kubeconfig has no context \"" + context
                    + "\"; kubectl config get-contexts lists" + " what it has.");
        }
        if (namespace != null) {
            config.setNamespace(namespace);
        } else if (config.getNamespace() == null) {
            config.setNamespace("default");
        }
        return config;
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new CheapTls())
                .build();
    }

    private Config fromFile() {
        try {
            return Config.fromKubeconfig(context, kubeconfig.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "--kubeconfig: the file " + kubeconfig + " can't be used: " + e.getMessage() + ".", e);
        }
    }

    /** @throws IllegalArgumentException with a sentence where a setting can't be used */
    Cluster cluster(QueueSpec spec, ApiOptions api) {
        return cluster(spec, api.settings());
    }

    KubernetesCluster cluster(QueueSpec spec, KubernetesSettings settings) {
        Config config = config();
        return new KubernetesCluster(
                new KubernetesConnection(() -> client(config), config.getNamespace(), settings, Clock.systemUTC()),
                spec);
    }

    /** The kubeconfig that was given; null for none. */
    Path file() {
        return kubeconfig;
    }

    /** These options again, for a command that is shown to the user. */
    String repeated() {
        return repeat("--namespace", namespace) + repeat("--kubeconfig", kubeconfig) + repeat("--context", context);
    }

    private static String repeat(String option, Object value) {
        return value == null ? "" : " " + option + " " + Text.quoted(value.toString());
    }
}
