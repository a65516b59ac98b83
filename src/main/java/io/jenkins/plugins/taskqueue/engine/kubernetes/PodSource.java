package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A source whose ambassador is a pod of its own, started for it and deleted when it is closed. Every listing sees first
 * that the pod is there and ready, so one that was lost is started again. The queue's owner object owns it: it goes with
 * the queue even if nobody closes this.
 */
public final class PodSource implements Source {
    private static final Logger LOGGER = Logger.getLogger(PodSource.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 250;
    private static final long TRIAL_SECONDS = 120;
    private static final int TOKEN_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KubernetesApi api;
    private final QueueId queue;
    private final AmbassadorPod pod;
    private final String name;
    private final boolean owned;
    private final Source inner;
    private Duration patience = Duration.ofSeconds(30);
    private volatile boolean closed;
    private String state = "";
    /** Of whom the pod is to be: the queue's owner object, or this itself, by the pod's uid. */
    private String owner = "";
    /** What the pod's ambassador asks for; read from the pod, since another manager may have started it. */
    private volatile String token = "";

    private PodSource(
            KubernetesApi api,
            QueueId queue,
            AmbassadorPod pod,
            String user,
            boolean owned,
            Function<HttpClient, Source> source) {
        this.api = api;
        this.queue = queue;
        this.pod = pod;
        this.name = AmbassadorPod.name(queue, user);
        this.owned = owned;
        this.inner = source.apply(ApiServerProxy.pod(api.client(), api.namespace(), name, pod.port(), () -> token));
    }

    /**
     * @param user each user of a queue gets a pod of its own; the same user gets the same again
     * @param source makes the source over an HTTP client whose requests all go to the pod
     */
    public static PodSource of(
            KubernetesClient client,
            String namespace,
            QueueId queue,
            String user,
            AmbassadorPod pod,
            Function<HttpClient, Source> source) {
        return new PodSource(api(client, namespace), queue, pod, user, true, source);
    }

    /** One without a queue, for looking what it lists. Whoever makes it closes it. */
    public static PodSource trial(
            KubernetesClient client,
            String namespace,
            String user,
            AmbassadorPod pod,
            Function<HttpClient, Source> source) {
        return new PodSource(api(client, namespace), QueueId.of("trial"), pod, user, false, source);
    }

    /** How long one listing waits for the pod. */
    PodSource withPatience(Duration longest) {
        patience = longest;
        return this;
    }

    private static KubernetesApi api(KubernetesClient client, String namespace) {
        return new KubernetesApi(
                new Transport(() -> client), namespace, new ApiGate(ApiLimits.DEFAULT, namespace, System::nanoTime));
    }

    @Override
    public Listing list(Listing previous) throws SourceException, InterruptedException {
        try {
            awaitReady();
        } catch (ClusterException | IllegalArgumentException e) {
            throw SourceException.passing("The ambassador " + describe() + " can't be started. " + e.getMessage(), e);
        }
        return inner.list(previous);
    }

    @Override
    public Optional<String> data(String item) throws SourceException, InterruptedException {
        return inner.data(item);
    }

    @Override
    public void done(String item) throws SourceException, InterruptedException {
        inner.done(item);
    }

    @Override
    public void failed(String item, String reason) throws SourceException, InterruptedException {
        inner.failed(item, reason);
    }

    @Override
    public String describe() {
        return pod.image().isBlank() ? inner.describe() : "of image " + pod.image();
    }

    private void awaitReady() throws ClusterException, InterruptedException, SourceException {
        long begin = System.nanoTime();
        while (!isReady()) {
            if (closed || System.nanoTime() - begin > patience.toNanos()) {
                throw SourceException.busy(
                        "The ambassador " + describe() + " is not ready (pod " + name + " in namespace "
                                + api.namespace() + "): " + state + ".",
                        AGAIN);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Does the next thing that is missing, and says in {@link #state} what is waited for. */
    private boolean isReady() throws ClusterException, InterruptedException {
        Optional<Pod> seen = api.pod(name);
        if (seen.isEmpty()) {
            state = create();
            return false;
        }
        if (!isOurs(seen.get())) {
            state = "a pod of its name is not this queue's and is not asked: delete it";
            return false;
        }
        token = AmbassadorPod.token(seen.get());
        PodStatus status =
                seen.get().getStatus() == null ? new PodStatus() : seen.get().getStatus();
        if (seen.get().getMetadata().getDeletionTimestamp() != null) {
            state = "an earlier pod of it is being deleted";
            return false;
        }
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            state = "its pod ended (" + status.getPhase() + ") and is started again";
            api.deletePod(name, -1);
            return false;
        }
        PodFacts facts = new PodFacts(seen.get(), ToldToEnd.NEVER);
        state = begun(status).orElseGet(() -> waiting(facts));
        return facts.condition("Ready", "True").isPresent();
    }

    /** Anybody who may create pods can take the name; what it would list would be worked on. */
    private boolean isOurs(Pod seen) throws ClusterException, InterruptedException {
        if (!owned) {
            return seen.getMetadata().getUid().equals(owner);
        }
        if (!isOwned(seen)) {
            owner().ifPresent(reference -> owner = reference.getUid());
        }
        return isOwned(seen);
    }

    private boolean isOwned(Pod seen) {
        return seen.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> reference.getUid().equals(owner));
    }

    private Optional<OwnerReference> owner() throws ClusterException, InterruptedException {
        return api.configMap(new ObjectNames(queue, "").owner())
                .map(map -> Owner.State.of(map).reference());
    }

    private static String waiting(PodFacts facts) {
        PodWait wait = PodWait.of(facts);
        String sentence = wait.sentence(facts);
        return wait.reason(facts) + (sentence.isEmpty() ? "" : " (" + sentence + ")");
    }

    /** What is so of a container that was started: why a pod waits tells only of those that were not. */
    private Optional<String> begun(PodStatus status) {
        Optional<String> ended = status.getContainerStatuses().stream()
                .flatMap(container -> Stream.of(container.getState(), container.getLastState())
                        .filter(Objects::nonNull)
                        .map(ContainerState::getTerminated)
                        .filter(Objects::nonNull)
                        .map(end -> "its container ended with exit code " + end.getExitCode()
                                + " and is started again: see the log of its container \"" + container.getName()
                                + "\", and its arguments"))
                .findFirst();
        boolean runs = status.getContainerStatuses().stream()
                .anyMatch(container ->
                        container.getState() != null && container.getState().getRunning() != null);
        return ended.or(
                () -> runs ? Optional.of("it does not accept connections at port " + pod.port()) : Optional.empty());
    }

    private String create() throws ClusterException, InterruptedException {
        List<OwnerReference> owners = List.of();
        if (owned) {
            Optional<OwnerReference> reference = owner();
            if (reference.isEmpty()) {
                return "it is started once the queue has been opened";
            }
            owners = List.of(reference.get());
        }
        try {
            Pod created = api.create("pods", manifest(owners));
            owner = owned ? owners.get(0).getUid() : created.getMetadata().getUid();
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
        if (closed) {
            api.deletePod(name, -1);
        }
        return "its pod was created just now";
    }

    private Pod manifest(List<OwnerReference> owners) {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String fresh = HexFormat.of().formatHex(random);
        Pod manifest = pod.manifest(name, queue, fresh, owners, api.serialization());
        // One that nobody owns, and nobody deletes because the process dies, ends by itself.
        return owned
                ? manifest
                : new PodBuilder(manifest)
                        .editSpec()
                        .withActiveDeadlineSeconds(TRIAL_SECONDS)
                        .endSpec()
                        .build();
    }

    /** Deletes the pod, or leaves that to its owner's end where the API server can't be reached. */
    @Override
    public void close() {
        closed = true;
        inner.close();
        try {
            api.deletePod(name, -1);
        } catch (ClusterException e) {
            LOGGER.log(Level.FINE, "The ambassador's pod " + name + " goes with its queue", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
