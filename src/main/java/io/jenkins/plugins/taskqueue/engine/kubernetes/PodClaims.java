package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a queue's pods take of their namespace and their node, whether a setting says so or the user's Pod.
 *
 * @param serviceAccount the account that they run as; {@code default} where nobody named one
 * @param token whether a token of it is mounted
 * @param secrets the Secrets that they are given
 * @param hostPaths the paths of their node that they are given
 */
public record PodClaims(String serviceAccount, boolean token, SortedSet<String> secrets, SortedSet<String> hostPaths) {
    /** Their keys are the user's own, and name nothing. */
    private static final Set<String> FREE = Set.of("nodeSelector", "resources", "overhead", "matchLabels");

    /** @throws IllegalArgumentException with a sentence about the user's Pod */
    public static PodClaims of(QueueSpec spec) {
        KubernetesSerialization serialization = new KubernetesSerialization();
        PodSpec pod = WorkerPod.of(spec, serialization).getSpec();
        Map<?, ?> all = serialization.convertValue(pod, Map.class);
        SortedSet<String> secrets = new TreeSet<>();
        SortedSet<String> hostPaths = new TreeSet<>();
        collect(all, secrets, hostPaths);
        String account = pod.getServiceAccountName() == null ? pod.getServiceAccount() : pod.getServiceAccountName();
        return new PodClaims(
                account == null || account.isEmpty() ? "default" : account,
                Boolean.TRUE.equals(pod.getAutomountServiceAccountToken()) || SafePod.projectsToken(pod),
                secrets,
                hostPaths);
    }

    /** Every kind of volume that names a Secret does so in a field of its own: the word is what they have in common. */
    private static void collect(Object node, Set<String> secrets, Set<String> hostPaths) {
        if (node instanceof Collection<?> list) {
            list.forEach(one -> collect(one, secrets, hostPaths));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = key.toString();
                if (name.toLowerCase(Locale.ROOT).contains("secret")) {
                    named(value).forEach(secrets::add);
                } else if (name.equals("hostPath") && value instanceof Map<?, ?> path) {
                    hostPaths.add(String.valueOf(path.get("path")));
                }
                if (!FREE.contains(name)) {
                    collect(value, secrets, hostPaths);
                }
            });
        }
    }

    private static List<String> named(Object value) {
        if (value instanceof String name) {
            return List.of(name);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(one -> named(one).stream()).toList();
        }
        return value instanceof Map<?, ?> map && map.get("name") instanceof String name ? List.of(name) : List.of();
    }
}
