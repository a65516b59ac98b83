package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What others may change in the template of a suspended Job, as Kueue does when it admits one: the nodes of the resource
 * flavor that it has found room in, and marks of its own (k8s.io/kubernetes pkg/apis/batch/validation, KEP-2926).
 */
record Placement(
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        List<PodSchedulingGate> gates,
        Affinity affinity) {

    /** Old names of labels that the API server puts into the template; pods have the new ones. */
    private static final Set<String> OLD = Set.of("controller-uid", "job-name");

    static Placement of(Job job) {
        PodTemplateSpec template = job.getSpec().getTemplate();
        if (template == null || template.getMetadata() == null || template.getSpec() == null) {
            return new Placement(Map.of(), Map.of(), Map.of(), List.of(), List.of(), null);
        }
        Map<String, String> labels = new HashMap<>(template.getMetadata().getLabels());
        labels.keySet().removeAll(OLD);
        return new Placement(
                labels,
                template.getMetadata().getAnnotations(),
                template.getSpec().getNodeSelector(),
                template.getSpec().getTolerations(),
                template.getSpec().getSchedulingGates(),
                template.getSpec().getAffinity());
    }

    /** The pod as the template has it now; the pod's own labels and annotations stay. */
    Pod over(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withLabels(under(labels, pod.getMetadata().getLabels()))
                .withAnnotations(under(annotations, pod.getMetadata().getAnnotations()))
                .endMetadata()
                .editSpec()
                .addToNodeSelector(nodeSelector)
                .withTolerations(tolerations.isEmpty() ? pod.getSpec().getTolerations() : tolerations)
                .withSchedulingGates(gates.isEmpty() ? pod.getSpec().getSchedulingGates() : gates)
                .withAffinity(affinity == null ? pod.getSpec().getAffinity() : affinity)
                .endSpec()
                .build();
    }

    private static Map<String, String> under(Map<String, String> added, Map<String, String> own) {
        Map<String, String> both = new HashMap<>(added);
        both.putAll(own);
        return both;
    }
}
