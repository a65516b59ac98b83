package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes of a pod what the loop sees of its attempt. A status without container statuses, as fake nodes write it, will do. */
record PodReading(Pod pod, PodFacts facts, PodStages stages, StageStates states) {
    private static final int RESULT_BYTES = 4096;

    static PodReading of(Pod pod, ToldToEnd earlier) {
        PodFacts facts = new PodFacts(pod, earlier);
        return new PodReading(pod, facts, facts.states.stages(), facts.states);
    }

    PodRow row(int batch, int index, int attempt) {
        PodEnd end = facts.isOver() ? PodEnd.of(facts) : null;
        PodWait wait = end == null ? PodWait.of(facts) : null;
        Phase phase = phase(end);
        Instant started = phase == Phase.PENDING || end == PodEnd.REFUSED ? null : started();
        PodView view = new PodView(
                batch,
                index,
                attempt,
                pod.getMetadata().getName(),
                phase,
                end != null && end.means == PodEnd.Means.TAKEN_AWAY,
                facts.isTracked(),
                facts.isDeleting(),
                facts.created(),
                phase == Phase.PENDING ? scheduled() : phase == Phase.RUNNING ? stageEnded() : null,
                started,
                end == null ? null : ended(started == null ? facts.created() : started),
                end == null ? wait.reason(facts) : end.reason(facts),
                end == null ? wait.sentence(facts) : end.sentence(facts),
                result(),
                facts.isLeftOver());
        boolean asks = wait != null && wait.isSilent() && phase == Phase.PENDING;
        return new PodRow(view, logs(), false, facts.told(), asks, null);
    }

    private Phase phase(PodEnd end) {
        if (end != null) {
            return end.means == PodEnd.Means.DONE ? Phase.SUCCEEDED : Phase.FAILED;
        }
        return facts.isAtWork() ? Phase.RUNNING : Phase.PENDING;
    }

    private Instant stageEnded() {
        return states.between() ? PodFacts.time(states.end().getFinishedAt()) : null;
    }

    /** Containers whose logs tell of the attempt, in their order: those of the stages so far, and the one that failed. */
    private List<PodLog.Part> logs() {
        String decides = facts.end() == null ? UserPod.WORKER : facts.end().container();
        if (stages.names().isEmpty()) {
            return List.of(new PodLog.Part(decides, ""));
        }
        List<String> told = new ArrayList<>(stages.containers().subList(0, states.reached() + 1));
        if (told.isEmpty() || !stages.has(decides)) {
            told.add(decides);
        }
        return told.stream()
                .map(container -> new PodLog.Part(container, stages.title(container)))
                .toList();
    }

    private Instant scheduled() {
        if (facts.node().isEmpty()) {
            return null;
        }
        return facts.condition("PodScheduled", "True")
                .map(condition -> PodFacts.time(condition.getLastTransitionTime()))
                .orElseGet(() -> facts.startTime() == null ? facts.created() : facts.startTime());
    }

    private Instant started() {
        Instant first = states.started();
        boolean bare = facts.containers().findAny().isEmpty();
        return first == null && states.reached() < 0 && bare ? facts.startTime() : first;
    }

    private Instant ended(Instant earliest) {
        ContainerStateTerminated end = states.end();
        if (end != null && PodFacts.time(end.getFinishedAt()) != null) {
            return PodFacts.time(end.getFinishedAt());
        }
        // DisruptionTarget or Ready: whatever changed last is when the end was written down
        Instant last = facts.conditions().stream()
                .map(condition -> PodFacts.time(condition.getLastTransitionTime()))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(earliest);
        return earliest == null || last.isAfter(earliest) ? last : earliest;
    }

    private String result() {
        ContainerStateTerminated last = states.end();
        boolean none = last == null || last.getMessage() == null || facts.hasNoResult();
        return none ? "" : Text.head(last.getMessage(), RESULT_BYTES);
    }
}
