package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * What Kueue's controller does with a Job (kubernetes-sigs/kueue pkg/controller/jobs/job/job_controller.go, RunWithPodSetsInfo
 * and Stop): admits it to the nodes of a resource flavor, and takes it back.
 */
record KueueDouble(TestNamespace namespace) {
    private static final String FLAVOR = "task-queue-test/flavor";

    void admit(String job, String runFor) {
        namespace.job(job).edit(admitted -> {
            var template = admitted.getSpec().getTemplate();
            template.getSpec().getNodeSelector().put("type", "kwok");
            template.getSpec()
                    .getTolerations()
                    .add(new TolerationBuilder()
                            .withKey("spot")
                            .withOperator("Exists")
                            .build());
            template.getMetadata().getAnnotations().put("task-queue-test/run-for", runFor);
            template.getMetadata().getLabels().put(FLAVOR, "spot");
            admitted.getSpec().setSuspend(false);
            return admitted;
        });
    }

    void evict(String job) {
        namespace.job(job).edit(evicted -> {
            evicted.getSpec().setSuspend(true);
            return evicted;
        });
        // The manager may tell a start once more that it saw before: Kueue tries until the template may be changed.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(KubernetesClientException.class)
                .untilAsserted(() -> restore(job));
    }

    private void restore(String job) {
        namespace
                .job(job)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"startTime\":null}}");
        namespace.job(job).edit(restored -> {
            var template = restored.getSpec().getTemplate();
            template.getSpec().getNodeSelector().remove("type");
            template.getSpec().getTolerations().removeIf(one -> "spot".equals(one.getKey()));
            template.getMetadata().getAnnotations().remove("task-queue-test/run-for");
            template.getMetadata().getLabels().remove(FLAVOR);
            return restored;
        });
    }
}
