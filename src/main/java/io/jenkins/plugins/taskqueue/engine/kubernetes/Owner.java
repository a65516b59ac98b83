package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Maker;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The ConfigMap that owns a queue's objects, and knows its current run. Two managers that open a queue at once agree. */
final class Owner {
    private static final String QUEUE = "queue";
    private static final String MAKER = "maker";
    private static final String RUN = "run";
    private static final String ENDED = "ended";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What the owner object says.
     *
     * @param queue the queue's full name
     * @param run the current run's id
     * @param ended whether that run was declared ended
     */
    record State(String name, String uid, long version, String queue, String run, boolean ended) {

        static State of(ConfigMap map) {
            Map<String, String> data = map.getData() == null ? Map.of() : map.getData();
            return new State(
                    map.getMetadata().getName(),
                    map.getMetadata().getUid(),
                    Rows.version(map),
                    data.getOrDefault(QUEUE, ""),
                    data.getOrDefault(RUN, ""),
                    Boolean.parseBoolean(data.getOrDefault(ENDED, "false")));
        }

        /** Whether this very object owns another one; a later one of the same name does not. */
        boolean owns(HasMetadata object) {
            return object.getMetadata().getOwnerReferences().stream()
                    .anyMatch(reference -> reference.getUid().equals(uid));
        }

        /** blockOwnerDeletion is left out: it would need a right of its own on some clusters. */
        OwnerReference reference() {
            return new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName(name)
                    .withUid(uid)
                    .build();
        }
    }

    private final KubernetesApi api;
    private final ObjectNames names;
    private final Clock clock;

    Owner(KubernetesApi api, ObjectNames names, Clock clock) {
        this.api = api;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Reads or creates the owner, with a run that has not ended.
     *
     * @throws ClusterException FATAL with a sentence where the queue is somebody else's
     */
    ConfigMap open(Maker maker) throws ClusterException, InterruptedException {
        while (true) {
            try {
                Optional<ConfigMap> known = api.configMap(names.owner());
                if (known.isEmpty()) {
                    return api.create("configmaps", manifest(maker));
                }
                return goOn(known.get(), maker);
            } catch (ClusterException e) {
                if (e.kind() != Kind.CONFLICT) {
                    throw e;
                }
                // another manager was first: see what it did
            }
        }
    }

    private ConfigMap goOn(ConfigMap map, Maker maker) throws ClusterException, InterruptedException {
        State state = State.of(map);
        if (!names.marks(map.getMetadata().getLabels()) || !state.queue().equals(names.queueName())) {
            throw new ClusterException(
                    Kind.FATAL,
                    "The ConfigMap " + names.owner() + " in namespace " + api.namespace() + " is not that of queue \""
                            + names.queueName() + "\": give the queue another name, or delete the ConfigMap.");
        }
        String made = map.getData().getOrDefault(MAKER, "");
        if (!maker.mayUse(made)) {
            throw new ClusterException(
                    Kind.FATAL,
                    "The queue \"" + names.queueName() + "\" in namespace " + api.namespace() + " is that of "
                            + made + ", and this is " + maker.name()
                            + ": give the queue another name, or have it shared.");
        }
        if (map.getMetadata().getDeletionTimestamp() != null) {
            throw new ClusterException(
                    Kind.PASSING, "The queue \"" + names.queueName() + "\" is being deleted: wait until it is gone.");
        }
        if (!state.ended() && !made.isEmpty()) {
            return map;
        }
        return change(state, state.ended() ? newRun() : state.run(), false, made.isEmpty() ? maker.name() : made);
    }

    /** Declares a run ended. A run that somebody else ended, or a later one, stays as it is. */
    ConfigMap end(State state) throws ClusterException, InterruptedException {
        return change(state, state.run(), true, null);
    }

    /** @param maker null leaves it as it is */
    private ConfigMap change(State state, String run, boolean ended, String maker)
            throws ClusterException, InterruptedException {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").put("resourceVersion", Long.toString(state.version()));
        ObjectNode data = patch.putObject("data").put(RUN, run).put(ENDED, Boolean.toString(ended));
        if (maker != null) {
            data.put(MAKER, maker);
        }
        return api.patchConfigMap(names.owner(), patch.toString());
    }

    private ConfigMap manifest(Maker maker) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(names.owner())
                .withLabels(names.labels())
                .addToLabels(Keys.KIND, Keys.KIND_QUEUE)
                .withAnnotations(names.annotations())
                .endMetadata()
                .addToData(QUEUE, names.queueName())
                .addToData(MAKER, maker.name())
                .addToData(RUN, newRun())
                .addToData(ENDED, "false")
                .build();
    }

    /** Short, unique, and in order of time: milliseconds in base 32, and 20 random bits. */
    private String newRun() {
        return Long.toString(clock.millis(), 32)
                + String.format("%4s", Integer.toString(RANDOM.nextInt(1 << 20), 32))
                        .replace(' ', '0');
    }
}
