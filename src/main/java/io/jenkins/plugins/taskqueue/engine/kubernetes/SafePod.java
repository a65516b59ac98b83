package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.List;

/**
 * Fills in what the <em>restricted</em> level of the Pod Security Standards asks for, where the user's Pod says nothing.
 * The worker's settings relax it: they are the explicit word, so they also win over the Pod. A token of the service
 * account is mounted by that word alone, since whoever has it acts as the account.
 */
final class SafePod {
    private SafePod() {}

    static Pod of(Pod pod, WorkerSpec.Security security) {
        var builder = new PodBuilder(pod).editSpec();
        builder.withSecurityContext(podContext(pod.getSpec().getSecurityContext(), security));
        builder.withContainers(contain(pod, pod.getSpec().getContainers(), security));
        builder.withInitContainers(contain(pod, pod.getSpec().getInitContainers(), security));
        if (!security.serviceAccountToken() && mountsToken(pod.getSpec())) {
            throw new IllegalArgumentException("The pod YAML mounts a token of the service account"
                    + " (automountServiceAccountToken, or a volume serviceAccountToken). Leave it out, or ask for the"
                    + " token by its own setting.");
        }
        builder.withAutomountServiceAccountToken(security.serviceAccountToken());
        return builder.endSpec().build();
    }

    static boolean mountsToken(PodSpec pod) {
        return Boolean.TRUE.equals(pod.getAutomountServiceAccountToken()) || projectsToken(pod);
    }

    static boolean projectsToken(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .anyMatch(source -> source.getServiceAccountToken() != null);
    }

    private static PodSecurityContext podContext(PodSecurityContext context, WorkerSpec.Security security) {
        var builder = context == null ? new PodSecurityContextBuilder() : new PodSecurityContextBuilder(context);
        if (security.allowRoot()) {
            builder.withRunAsNonRoot(null);
        } else if (builder.getRunAsNonRoot() == null) {
            builder.withRunAsNonRoot(true);
        }
        if (!builder.hasSeccompProfile()) {
            builder.withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile();
        }
        return builder.build();
    }

    private static List<Container> contain(Pod pod, List<Container> containers, WorkerSpec.Security security) {
        PodStages stages = PodStages.of(pod);
        return containers.stream()
                .map(container -> new ContainerBuilder(container)
                        .withSecurityContext(context(container, stages.has(container.getName()), security))
                        .build())
                .toList();
    }

    private static SecurityContext context(Container container, boolean workers, WorkerSpec.Security security) {
        SecurityContext context = container.getSecurityContext();
        var builder = context == null ? new SecurityContextBuilder() : new SecurityContextBuilder(context);
        if (workers) {
            if (security.runAsUser() != null) {
                builder.withRunAsUser(security.runAsUser());
            }
            if (security.allowRoot()) {
                builder.withRunAsNonRoot(null);
            }
            if (security.allowPrivilegeEscalation()) {
                builder.withAllowPrivilegeEscalation(true);
            }
        }
        if (builder.getAllowPrivilegeEscalation() == null) {
            builder.withAllowPrivilegeEscalation(false);
        }
        if (!builder.hasCapabilities()) {
            builder.withNewCapabilities().withDrop("ALL").endCapabilities();
        }
        return builder.build();
    }
}
