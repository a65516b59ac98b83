package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pod of one attempt: what all pods of the queue have in common, and the worker's contract for this item. */
record ItemPod(ObjectNames names, Pod common) {
    /** Where the worker leaves its result: the pod's termination message, which the kubelet cuts at 4,096 bytes. */
    static final String RESULT_FILE = "/dev/termination-log";

    private static final String DIRECTORY = "/task-queue";
    private static final String FILE = "item.json";
    private static final String VOLUME = "task-queue-item";

    /**
     * @param record name of the ConfigMap that holds the item's data
     * @param owner the queue's owner object: the pod is the queue's, and outlives its Job
     * @param jobUid uid of the Job that the pod is shown with
     */
    Pod manifest(String record, Entry entry, int attempt, OwnerReference owner, String jobUid) {
        String index = Integer.toString(entry.index());
        String job = names.batch(entry.batch());
        return new PodBuilder(common)
                .editMetadata()
                .withName(names.pod(entry.batch(), entry.index(), attempt))
                .withNamespace(null)
                .withGenerateName(null)
                .addToLabels(names.labels())
                .addToLabels(Keys.BATCH, Integer.toString(entry.batch()))
                .addToLabels(Keys.ITEM, QueueId.hash(entry.name(), 26))
                .addToLabels(Keys.ATTEMPT, Integer.toString(attempt))
                .addToLabels(Keys.JOB_NAME, job)
                .addToLabels(Keys.CONTROLLER_UID, jobUid)
                .addToLabels(Keys.COMPLETION_INDEX, index)
                .addToAnnotations(names.annotations())
                .addToAnnotations(Keys.ITEM_NAME, entry.name())
                .addToAnnotations(Keys.COMPLETION_INDEX, index)
                .withFinalizers(Keys.FINALIZER)
                // blockOwnerDeletion would need the right to update the Job's finalizers on some clusters
                .withOwnerReferences(
                        owner,
                        new OwnerReferenceBuilder()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName(job)
                                .withUid(jobUid)
                                .withController(true)
                                .build())
                .endMetadata()
                .editSpec()
                .withInitContainers(workers(common.getSpec().getInitContainers(), entry.name(), attempt))
                .withContainers(workers(common.getSpec().getContainers(), entry.name(), attempt))
                .addToVolumes(new VolumeBuilder()
                        .withName(VOLUME)
                        .withNewConfigMap()
                        .withName(record)
                        .addNewItem(RecordManifest.itemKey(entry.index()), null, FILE)
                        .endConfigMap()
                        .build())
                .endSpec()
                .build();
    }

    /** The containers, with the contract for those that do the item. */
    private List<Container> workers(List<Container> containers, String item, int attempt) {
        PodStages stages = PodStages.of(common);
        return containers.stream()
                .map(container -> stages.has(container.getName())
                        ? worker(container, stages.name(container.getName()), item, attempt)
                        : container)
                .toList();
    }

    /** @param stage empty where the worker is one image */
    private Container worker(Container container, String stage, String item, int attempt) {
        Map<String, String> contract = new LinkedHashMap<>();
        contract.put("WORK_ITEM_FILE", DIRECTORY + "/" + FILE);
        contract.put("WORK_ITEM", unexpanded(item));
        contract.put("WORK_QUEUE", unexpanded(names.queueName()));
        contract.put("WORK_ATTEMPT", Integer.toString(attempt));
        contract.put("WORK_RESULT_FILE", RESULT_FILE);
        if (!stage.isEmpty()) {
            contract.put("WORK_DIR", StagedPod.WORK_DIR);
            contract.put("WORK_STAGE", stage);
        }
        List<EnvVar> env = new ArrayList<>();
        // First of all, so that the user's own variables can refer to them.
        contract.forEach((name, value) -> env.add(new EnvVar(name, value, null)));
        container.getEnv().stream()
                .filter(variable -> !contract.containsKey(variable.getName()))
                .forEach(env::add);
        return new ContainerBuilder(container)
                .withEnv(env)
                .addToVolumeMounts(new VolumeMountBuilder()
                        .withName(VOLUME)
                        .withMountPath(DIRECTORY)
                        .withReadOnly(true)
                        .build())
                .build();
    }

    /**
     * A value as Kubernetes hands it on unchanged. It expands {@code $(NAME)} in a variable's value, and makes one
     * {@code $} of every {@code $$}, so every {@code $} is doubled (k8s.io/kubernetes third_party/forked/golang/expansion).
     */
    static String unexpanded(String value) {
        return value.replace("$", "$$");
    }
}
