package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How far the containers that do the item are, in their order. One that has no status yet has an empty state.
 *
 * @param stages which they are
 * @param all their states
 */
record StageStates(PodStages stages, List<ContainerState> all) {

    static StageStates of(PodStages stages, List<ContainerStatus> statuses) {
        return new StageStates(
                stages,
                stages.containers().stream().map(name -> state(statuses, name)).toList());
    }

    private static ContainerState state(List<ContainerStatus> statuses, String name) {
        return statuses.stream()
                .filter(container -> name.equals(container.getName()))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(new ContainerState());
    }

    ContainerState worker() {
        return all.get(all.size() - 1);
    }

    /** Index of the last one that runs or has run; -1 for none. */
    int reached() {
        int reached = all.size() - 1;
        while (reached >= 0
                && all.get(reached).getRunning() == null
                && all.get(reached).getTerminated() == null) {
            reached--;
        }
        return reached;
    }

    /** Whether at least one has done its part and the next one has yet to start. After one that failed none will. */
    boolean between() {
        int reached = reached();
        ContainerStateTerminated end = reached < 0 || reached == all.size() - 1
                ? null
                : all.get(reached).getTerminated();
        return end != null && Integer.valueOf(0).equals(end.getExitCode());
    }

    /** Name of the container whose turn it is. */
    String current() {
        int index = between() ? reached() + 1 : Math.max(0, reached());
        return stages.containers().get(index);
    }

    /** The end of the last one that has ended; null before. */
    ContainerStateTerminated end() {
        int reached = reached();
        while (reached >= 0 && all.get(reached).getTerminated() == null) {
            reached--;
        }
        return reached < 0 ? null : all.get(reached).getTerminated();
    }

    /** When the first of them started; null before. */
    Instant started() {
        ContainerState first = all.get(0);
        if (first.getRunning() != null) {
            return PodFacts.time(first.getRunning().getStartedAt());
        }
        return first.getTerminated() == null
                ? null
                : PodFacts.time(first.getTerminated().getStartedAt());
    }
}
