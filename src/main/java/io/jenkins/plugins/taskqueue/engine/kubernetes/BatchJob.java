package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;

/** The Job of a batch. Its pods are made by the queue manager; the template shows people and quotas what they are like. */
record BatchJob(ObjectNames names, QueueSpec spec, Pod common) {

    Job manifest(int batch, int items, OwnerReference owner) {
        Job job = plain(batch, items, owner);
        return spec.kueueQueue().isEmpty()
                ? job
                : new JobBuilder(job)
                        .editMetadata()
                        .addToLabels(Keys.KUEUE_QUEUE, spec.kueueQueue())
                        .endMetadata()
                        .editSpec()
                        .withSuspend(true)
                        .endSpec()
                        .build();
    }

    private Job plain(int batch, int items, OwnerReference owner) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(names.batch(batch))
                .withLabels(names.labels())
                .addToLabels(Keys.BATCH, Integer.toString(batch))
                .withAnnotations(names.annotations())
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withManagedBy(Keys.MANAGER)
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
