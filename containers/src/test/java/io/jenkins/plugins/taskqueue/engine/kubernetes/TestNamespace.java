package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;

/**
 * A namespace of the cluster that KUBECONFIG names, with the shipped Role. What is tested uses the Role's ServiceAccount
 * and no other right; {@link #admin} is for what other people do.
 */
final class TestNamespace implements AutoCloseable {
    private static final String ACCOUNT = "task-queue";

    final String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    final KubernetesClient admin;
    /** Method and path of every request of the ServiceAccount's clients. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final List<KubernetesClient> clients = new CopyOnWriteArrayList<>();
    private final Config config;

    TestNamespace() throws IOException {
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig == null) {
            System.err.println("!!! SKIPPED: no KUBECONFIG. eval \"$(scripts/cluster env)\" after scripts/cluster up");
        }
        Assumptions.assumeTrue(kubeconfig != null, "no KUBECONFIG");
        config = Config.fromKubeconfig(new File(kubeconfig));
        admin = new KubernetesClientBuilder().withConfig(config).build();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        apply("role.yaml");
    }

    /** Gives the Role's ServiceAccount what ambassadors in the cluster need beside it. */
    void allowAmbassadors() throws IOException {
        apply("ambassador-role.yaml");
    }

    /** From now on the namespace takes no pod that the Pod Security Standard "restricted" refuses. */
    void restricted() {
        admin.namespaces().withName(name).edit(object -> {
            object.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
            return object;
        });
    }

    private void apply(String file) throws IOException {
        var role = Path.of(System.getProperty("taskqueue.home"), "containers/deploy", file);
        try (var in = Files.newInputStream(role)) {
            List<HasMetadata> manifests = admin.load(in).items();
            manifests.forEach(
                    manifest -> admin.resource(manifest).inNamespace(name).create());
        }
    }

    /** A client with the rights of the shipped Role. */
    KubernetesClient client() {
        return client(request -> {});
    }

    /** @param onRequest is told method and path of each request before it is sent, and may hold it up */
    KubernetesClient client(Consumer<String> onRequest) {
        return client(config.getMasterUrl(), HttpClients.chosen(), onRequest);
    }

    /** The same, by another way to the API server. */
    KubernetesClient client(String url, HttpClients http) {
        return client(url, http, request -> {});
    }

    private KubernetesClient client(String url, HttpClients http, Consumer<String> onRequest) {
        String token = admin.serviceAccounts()
                .inNamespace(name)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config account = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withCaCertData(config.getCaCertData())
                .withCaCertFile(config.getCaCertFile())
                .withOauthToken(token)
                .build();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(account)
                .withHttpClientFactory(http.factory())
                .withHttpClientBuilderConsumer(builder ->
                        builder.addOrReplaceInterceptor("requests", new Interceptor() {
                            @Override
                            public void before(
                                    io.fabric8.kubernetes.client.http.BasicBuilder builder,
                                    HttpRequest request,
                                    RequestTags tags) {
                                requests.add(request.method() + " " + request.uri());
                                onRequest.accept(request.method() + " " + request.uri());
                            }
                        }))
                .build();
        clients.add(client);
        return client;
    }

    /** Requests that change something, leases left out: they are renewed by time. */
    List<String> writes() {
        return requests.stream()
                .filter(request -> !request.startsWith("GET ") && !request.contains("/leases"))
                .toList();
    }

    /** Requests that list, and no watch. */
    List<String> lists() {
        return requests.stream()
                .filter(request -> request.matches("GET \\S+/(pods|jobs|configmaps)\\?.*"))
                .filter(request -> !request.contains("watch=true"))
                .toList();
    }

    List<Job> jobs() {
        return admin.batch().v1().jobs().inNamespace(name).list().getItems();
    }

    List<Pod> pods() {
        return admin.pods().inNamespace(name).list().getItems();
    }

    ScalableResource<Job> job(String job) {
        return admin.batch().v1().jobs().inNamespace(name).withName(job);
    }

    /** Makes the API server believe that a kubelet has told so. */
    void setPhase(String pod, String phase) {
        insist(() -> admin.pods()
                .inNamespace(name)
                .withName(pod)
                .editStatus(now -> new PodBuilder(now)
                        .editOrNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build()));
    }

    /** The scheduler and the fake kubelet write to the same pods, so an edit may come too late and is made again. */
    static void insist(Runnable edit) {
        await().atMost(TestQueue.LONG)
                .ignoreExceptionsMatching(
                        e -> e instanceof KubernetesClientException refused && refused.getCode() == 409)
                .until(() -> {
                    edit.run();
                    return true;
                });
    }

    void awaitNoPods() {
        await().atMost(TestQueue.LONG).untilAsserted(() -> assertThat(pods()).isEmpty());
    }

    @Override
    public void close() {
        pods().forEach(this::untrack);
        admin.namespaces().withName(name).delete();
        clients.forEach(KubernetesClient::close);
        admin.close();
    }

    private void untrack(Pod pod) {
        try {
            admin.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }
}
