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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ConfigMap that owns a queue's objects. It knows who made the queue, its current run, which manager acts, and how many
 * batches were ever claimed. Each change of it is a compare-and-set: of two managers that saw the same only one changes it.
 */
final class Owner {
    private static final String QUEUE = "queue";
    private static final String MAKER = "maker";
    private static final String RUN = "run";
    private static final String ENDED = "ended";
    private static final String CLAIMED = "claimed";
    private static final String HOLDER = "holder";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What the owner object says.
     *
     * @param queue the queue's full name
     * @param run the current run's id
     * @param ended whether that run was declared ended
     * @param claimed the number of the last batch that was claimed; 0 before the first
     * @param holder which manager acts; empty where none does
     */
    record State(
            String name,
            String uid,
            String version,
            String queue,
            String run,
            boolean ended,
            int claimed,
            String holder) {

        static State of(ConfigMap map) {
            Map<String, String> data = map.getData() == null ? Map.of() : map.getData();
            int claimed = ObjectNames.number(data, CLAIMED);
            return new State(
                    map.getMetadata().getName(),
                    map.getMetadata().getUid(),
                    map.getMetadata().getResourceVersion(),
                    data.getOrDefault(QUEUE, ""),
                    data.getOrDefault(RUN, ""),
                    Boolean.parseBoolean(data.getOrDefault(ENDED, "false")),
                    Math.max(0, claimed),
                    data.getOrDefault(HOLDER, ""));
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
                            + made + ". This is " + maker.name() + ". Give the queue another name, or "
                            + maker.toShare() + ". Whose job was renamed or moved has it handed over: kubectl -n "
                            + api.namespace() + " patch configmap " + names.owner()
                            + " --type merge -p '{\"data\":{\"maker\":\"\"}}'.");
        }
        if (map.getMetadata().getDeletionTimestamp() != null) {
            throw new ClusterException(
                    Kind.PASSING, "The queue \"" + names.queueName() + "\" is being deleted: wait until it is gone.");
        }
        Map<String, String> change = new HashMap<>();
        if (made.isEmpty()) {
            change.put(MAKER, maker.name());
        }
        if (state.ended()) {
            change.put(RUN, newRun());
            change.put(ENDED, "false");
        }
        return change.isEmpty() ? map : change(state, change);
    }

    /** Declares the run ended. */
    ConfigMap end(State state) throws ClusterException, InterruptedException {
        return change(state, Map.of(ENDED, "true"));
    }

    /** Takes a number, for one batch and for good. */
    ConfigMap claim(State state, int number) throws ClusterException, InterruptedException {
        return change(state, Map.of(CLAIMED, Integer.toString(number)));
    }

    /** Names the manager that acts from now on; empty for none. */
    ConfigMap hold(State state, String holder) throws ClusterException, InterruptedException {
        return change(state, Map.of(HOLDER, holder));
    }

    /** @throws ClusterException CONFLICT when anything of it has changed since */
    private ConfigMap change(State state, Map<String, String> data) throws ClusterException, InterruptedException {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").put("uid", state.uid()).put("resourceVersion", state.version());
        ObjectNode changed = patch.putObject("data");
        data.forEach(changed::put);
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
                .addToData(CLAIMED, "0")
                .build();
    }

    /** Short, unique, and in order of time: milliseconds in base 32, and 20 random bits. */
    private String newRun() {
        return Long.toString(clock.millis(), 32)
                + String.format("%4s", Integer.toString(RANDOM.nextInt(1 << 20), 32))
                        .replace(' ', '0');
    }
}
