package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which containers of a pod do the item, one after the other: init containers named as the stages, and for the last of them
 * the container {@code worker}, which alone does it where the worker is one image. The pod itself says it, so that whoever
 * reads the pod knows.
 *
 * @param names of the stages in their order; empty where the worker is one image
 */
record PodStages(List<String> names) {

    static PodStages of(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String names = annotations == null ? "" : annotations.getOrDefault(Keys.STAGES, "");
        return new PodStages(names.isEmpty() ? List.of() : List.of(names.split(",")));
    }

    static String annotation(List<Stage> stages) {
        return stages.stream().map(Stage::name).collect(Collectors.joining(","));
    }

    /** Names of the containers in the order in which they run. */
    List<String> containers() {
        List<String> before = names.subList(0, Math.max(0, names.size() - 1));
        return Stream.concat(before.stream(), Stream.of(UserPod.WORKER)).toList();
    }

    boolean has(String container) {
        return containers().contains(container);
    }

    /** The name of the stage that a container is; empty where the worker is one image. */
    String name(String container) {
        return names.isEmpty() ? "" : names.get(containers().indexOf(container));
    }

    /**
     * Which container it is, for a sentence: empty for the only one of a worker without stages.
     *
     * @param container any container of the pod
     */
    String title(String container) {
        if (!has(container)) {
            return "container \"" + container + "\"";
        }
        int index = containers().indexOf(container);
        return names.isEmpty() ? "" : Stage.title(names.get(index), index, names.size());
    }

    /** The title before what is said of a container. */
    String before(String container) {
        return names.isEmpty() && has(container) ? "" : title(container) + ": ";
    }
}
