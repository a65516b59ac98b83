package io.jenkins.plugins.taskqueue.containers.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesConnection;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesSettings;
import io.jenkins.plugins.taskqueue.kubeconfig.Access;
import io.jenkins.plugins.taskqueue.kubeconfig.Kubeconfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
    /** How the cluster is reached: where it is, and the client that says who asks. */
    private record Way(Config config, HttpClient.Factory http) {
        KubernetesClient client() {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(http)
                    .build();
        }
    }

    private Way way() {
        Optional<Kubeconfig> found = kubeconfig == null
                ? Kubeconfig.find(System.getenv(), Path.of(System.getProperty("user.home")))
                : Optional.of(Kubeconfig.of(List.of(kubeconfig)));
        Way way = found.map(file -> way(file.access(context))).orElseGet(this::inPod);
        if (namespace != null) {
            way.config().setNamespace(namespace);
        } else if (way.config().getNamespace() == null) {
            way.config().setNamespace("default");
        }
        // Over HTTP/2 Java's client loses what the server says before it closes a connection: "who are you", above all.
        way.config().setHttp2Disable(true);
        return way;
    }

    private static Way way(Access access) {
        access.proxy()
                .map(URI::getScheme)
                .filter(scheme -> !"http".equals(scheme))
                .ifPresent(scheme -> {
                    throw new IllegalArgumentException("The kubeconfig's proxy-url begins with " + scheme
                            + "://, and only proxies with http:// can be used: take one, or remove proxy-url.");
                });
        return new Way(access.config(System.getenv()), access.over(new CheapTls(access)));
    }

    private Way inPod() {
        Config config = Config.autoConfigure(null);
        if (config.getMasterUrl().startsWith(NO_CLUSTER)) {
            throw new IllegalArgumentException("No cluster is known here: give its kubeconfig with --kubeconfig or the"
                    + " variable KUBECONFIG. To try a worker without a cluster, use run --local.");
        }
        if (context != null) {
            throw new IllegalArgumentException("--context: there is no kubeconfig that has a context.");
        }
        return new Way(config, new CheapTls());
    }

    /** @throws IllegalArgumentException with a sentence where a setting can't be used */
    Cluster cluster(QueueSpec spec, ApiOptions api) {
        return cluster(spec, api.settings());
    }

    KubernetesCluster cluster(QueueSpec spec, KubernetesSettings settings) {
        Way way = way();
        return new KubernetesCluster(
                new KubernetesConnection(way::client, way.config().getNamespace(), settings, Clock.systemUTC()), spec);
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
