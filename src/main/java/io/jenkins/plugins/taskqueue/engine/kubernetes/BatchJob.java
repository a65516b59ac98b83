package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.util.Map;

/** The Job of a batch. Its pods are made by the queue manager; the template shows people and quotas what they are like. */
record BatchJob(ObjectNames names, QueueSpec spec, Pod common) {

    Job manifest(int batch, int items, OwnerReference owner) {
        boolean byKueue = !spec.kueueQueue().isEmpty();
        return new JobBuilder()
                .withNewMetadata()
                .withName(names.batch(batch))
                .withLabels(names.labels())
                .addToLabels(Keys.BATCH, Integer.toString(batch))
                .addToLabels(byKueue ? Map.of(Keys.KUEUE_QUEUE, spec.kueueQueue()) : Map.of())
                .withAnnotations(names.annotations())
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withManagedBy(Keys.MANAGER)
                .withSuspend(byKueue ? true : null)
                .withCompletionMode("Indexed")
                .withCompletions(items)
                .withParallelism(items)
                // The API server takes status.failedIndexes only of a Job that has this limit.
                .withBackoffLimitPerIndex(spec.retries())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(common.getMetadata().getLabels())
                .addToLabels(names.labels())
                .withAnnotations(common.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(common.getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }
}
