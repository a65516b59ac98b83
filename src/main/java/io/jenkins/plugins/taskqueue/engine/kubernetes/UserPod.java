package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Pod that a user wrote, which everything else is merged over. Its container {@code worker}, or else its first, is
 * the worker's; it is made if there is none.
 */
public final class UserPod {
    /** The container that does the item. */
    static final String WORKER = "worker";

    private UserPod() {}

    /**
     * Whether it can be read: nothing of it is looked up in a cluster.
     *
     * @param yaml may be blank
     * @throws IllegalArgumentException with a sentence that names the line
     */
    public static void check(String yaml) {
        if (!yaml.isBlank()) {
            parse(yaml, new KubernetesSerialization());
        }
    }

    /**
     * @return a Pod whose first container is named {@code worker}
     * @throws IllegalArgumentException with a sentence that names the line
     */
    static Pod parse(String yaml, KubernetesSerialization serialization) {
        Pod pod = yaml.isBlank() ? new Pod() : read(yaml, serialization);
        List<Container> containers = new ArrayList<>(
                new PodBuilder(pod).editOrNewSpec().endSpec().build().getSpec().getContainers());
        Container worker = containers.stream()
                .filter(container -> WORKER.equals(container.getName()))
                .findFirst()
                .orElse(containers.isEmpty() ? new Container() : containers.get(0));
        containers.remove(worker);
        containers.add(0, new ContainerBuilder(worker).withName(WORKER).build());
        return new PodBuilder(pod)
                .editOrNewMetadata()
                .endMetadata()
                .editOrNewSpec()
                .withContainers(containers)
                .endSpec()
                .build();
    }

    private static Pod read(String yaml, KubernetesSerialization serialization) {
        Map<?, ?> document = UserYaml.mapping(yaml);
        Object kind = document.get("kind");
        if (kind != null && !kind.equals("Pod")) {
            throw new IllegalArgumentException("The pod YAML is of kind " + kind + " (line " + line(yaml, "kind")
                    + "): give one Pod, whose container \"worker\" does the item.");
        }
        try {
            return serialization.convertValue(document, Pod.class);
        } catch (IllegalArgumentException e) {
            throw e.getCause() instanceof JsonMappingException mapping ? misfit(yaml, mapping) : e;
        }
    }

    private static IllegalArgumentException misfit(String yaml, JsonMappingException mapping) {
        var path = new StringBuilder();
        String field = "";
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() != null) {
                field = step.getFieldName();
                path.append(path.isEmpty() ? "" : ".").append(field);
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return new IllegalArgumentException(
                "The pod YAML's field " + path + " (line " + line(yaml, field) + ") has a value of the wrong type: "
                        + mapping.getOriginalMessage(),
                mapping);
    }

    /** The first line that sets a field: near enough for a person who knows the field's path. */
    private static int line(String yaml, String field) {
        List<String> lines = yaml.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().replaceFirst("^(- +)+", "").startsWith(field + ":")) {
                return i + 1;
            }
        }
        return 1;
    }
}
