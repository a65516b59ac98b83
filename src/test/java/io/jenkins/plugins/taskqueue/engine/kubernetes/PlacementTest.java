package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .addToLabels("own", "pod")
            .addToAnnotations("own", "pod")
            .endMetadata()
            .withNewSpec()
            .addToNodeSelector("disk", "ssd")
            .endSpec()
            .build();

    @Test
    void podGoesWhereTheTemplateSaysWithTheMarksThatItHas() {
        Pod pod = Placement.of(job("""
                metadata:
                  labels: {own: template, flavor: spot, job-name: old, controller-uid: old}
                  annotations: {own: template, kueue.x-k8s.io/workload: w}
                spec:
                  nodeSelector: {pool: spot}
                  tolerations: [{key: spot, operator: Exists}]
                  schedulingGates: [{name: kueue.x-k8s.io/topology}]
                """)).over(POD);

        assertThat(pod.getMetadata().getLabels())
                .containsOnlyKeys("own", "flavor")
                .containsEntry("own", "pod");
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("own", "pod")
                .containsEntry("kueue.x-k8s.io/workload", "w");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("disk", "ssd").containsEntry("pool", "spot");
        assertThat(pod.getSpec().getTolerations())
                .extracting(Toleration::getKey)
                .containsExactly("spot");
        assertThat(pod.getSpec().getSchedulingGates()).hasSize(1);
    }

    @Test
    void templateThatNobodyChangedChangesNothing() {
        assertThat(Placement.of(job("metadata: {}\nspec: {}\n")).over(POD)).isEqualTo(POD);
        assertThat(Placement.of(new JobBuilder().withNewSpec().endSpec().build())
                        .over(POD))
                .isEqualTo(POD);
    }

    private static Job job(String template) {
        String yaml = "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n" + template.indent(4);
        return new KubernetesSerialization().unmarshal(yaml, Job.class);
    }
}
