package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.PodView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PodEventsTest {
    private static final Event MOUNT = event("Warning", "FailedMount", "secret \"nosuch\" not found", 5);

    private final Rows<PodRow> rows = new Rows<>(new AtomicLong()::incrementAndGet);
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final PodEvents events = new PodEvents(this::silent, this::told, this::read, this::later, () -> this.nanos);

    private long nanos;
    private boolean allowed = true;
    private RuntimeException defect;

    @Test
    void aPodThatWaitsWithoutSayingWhySaysWhatItsEventsDo() {
        waits(1);
        events.wake();
        run(3);

        assertThat(pod(1).reason()).isEqualTo("FailedMount");
        assertThat(pod(1).message()).isEqualTo("secret \"nosuch\" not found");
    }

    @Test
    void whatItsEventsSaidStaysWhenThePodIsSeenAgainAndGoesWhenItStarts() {
        waits(1);
        events.wake();
        run(3);
        see(pod(1, 2, "{waiting: {reason: ContainerCreating}}"));
        assertThat(pod(1).reason()).isEqualTo("FailedMount");

        see(pod(1, 3, "{waiting: {reason: ErrImageNeverPull, message: none}}"));
        assertThat(pod(1).reason()).isEqualTo("ErrImageNeverPull");
        see(pod(1, 4, "{running: {}}"));
        assertThat(pod(1).reason()).isEmpty();
    }

    @Test
    void nothingIsAskedOfAPodThatSaysItselfOrHasJustBegunToWait() {
        see(pod(1, 1, "{waiting: {reason: ErrImageNeverPull, message: none}}"));
        waits(2);
        events.wake();
        run(1);

        assertThat(asked).isEmpty();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void fewAreAskedForAtATimeAndEachHasItsTurn() {
        for (int i = 0; i < 10; i++) {
            waits(i);
        }
        events.wake();
        run(1);
        nanos += PodEvents.PATIENCE.toNanos();
        run(1);
        assertThat(asked).hasSize(PodEvents.MOST);

        run(2);
        assertThat(asked).hasSize(10).doesNotHaveDuplicates();
        run(3);
        assertThat(asked).hasSize(10);
        nanos += PodEvents.AGAIN.toNanos();
        run(1);
        assertThat(asked).hasSize(10 + PodEvents.MOST);
    }

    @Test
    void withoutTheRightEachRowSaysSoAndNobodyGoesOnAsking() {
        allowed = false;
        waits(1);
        waits(2);
        events.wake();
        run(8);

        assertThat(asked).hasSize(1);
        assertThat(List.of(pod(1), pod(2))).allSatisfy(pod -> {
            assertThat(pod.reason()).isEqualTo("ContainerCreating");
            assertThat(pod.message()).contains("list events").contains("role.yaml");
        });
    }

    @Test
    void theRightMayBeGivenMeanwhile() {
        allowed = false;
        waits(1);
        events.wake();
        run(3);
        allowed = true;
        nanos += PodEvents.DENIED.toNanos();
        run(1);

        assertThat(pod(1).reason()).isEqualTo("FailedMount");
    }

    @Test
    void aDefectEndsOneRoundAndNoMore() {
        waits(1);
        defect = new IllegalStateException("a defect");
        events.wake();
        run(3);
        defect = null;
        nanos += PodEvents.AGAIN.toNanos();
        run(2);

        assertThat(pod(1).reason()).isEqualTo("FailedMount");
    }

    @Test
    void nothingIsPlannedWhereNobodyWaits() {
        events.wake();
        run(1);
        assertThat(tasks).isEmpty();

        waits(1);
        events.wake();
        events.wake();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void whatCameLastIsToldAndOtherWarningsOnlyWhereNothingFailed() {
        Event dns = event("Warning", "MissingClusterDNS", "no DNS", 9);
        Event scheduled = event("Normal", "Scheduled", "Successfully assigned", 7);
        Event sandbox = event("Warning", "FailedCreatePodSandBox", "no network", 7);
        Event pulling = event("Normal", "Pulling", "Pulling image \"i\"", 8);

        assertThat(PodCause.of(List.of(dns, MOUNT, sandbox, scheduled)))
                .isEqualTo(new PodCause("FailedCreatePodSandBox", "no network"));
        assertThat(PodCause.of(List.of(MOUNT, pulling, dns)))
                .isEqualTo(new PodCause("", "The last that was told of it is: Pulling image \"i\""));
        assertThat(PodCause.of(List.of(scheduled, dns)).message()).contains("no DNS");
        assertThat(PodCause.of(List.of())).isEqualTo(new PodCause("", ""));
        assertThat(PodCause.of(List.of(new Event(), dns)).message()).contains("no DNS");
    }

    @Test
    void anEventsTimeIsWhereverItsReporterPutsIt() {
        Event older = event("Warning", "FailedMount", "older", 5);
        Event newer = new EventBuilder(event("Warning", "FailedAttachVolume", "newer", 0))
                .withLastTimestamp(null)
                .withEventTime(new MicroTime("2026-11-24T12:00:06.123456Z"))
                .build();

        assertThat(PodCause.of(List.of(older, newer)).message()).isEqualTo("newer");
    }

    private List<Event> read(String uid) throws ClusterException {
        asked.add(uid);
        if (defect != null) {
            throw defect;
        }
        if (!allowed) {
            throw new ClusterException(Kind.REFUSED, "no right");
        }
        return List.of(MOUNT);
    }

    private void later(Runnable task, Duration delay) {
        tasks.add(() -> {
            nanos += delay.toNanos();
            task.run();
        });
    }

    private void run(int rounds) {
        for (int i = 0; i < rounds && !tasks.isEmpty(); i++) {
            tasks.remove().run();
        }
    }

    private void waits(int index) {
        see(pod(index, 1, "{waiting: {reason: ContainerCreating}}"));
    }

    private void see(Pod pod) {
        rows.put(pod, PodRow.of(pod, rows.known(pod)).orElseThrow());
    }

    private List<Rows.Row<PodRow>> silent() {
        return rows.all().stream().filter(row -> row.view().asks()).toList();
    }

    private void told(Rows.Row<PodRow> pod, PodCause cause) {
        rows.replace(pod, row -> row.because(cause));
    }

    private PodView pod(int index) {
        return rows.get("p" + index).orElseThrow().view().view();
    }

    private static Pod pod(int index, int version, String state) {
        String status = "{phase: Pending, containerStatuses: [{name: worker, image: i, state: " + state + "}]}";
        return new PodBuilder(PodYaml.pod("", "nodeName: n,", status))
                .editMetadata()
                .withName("p" + index)
                .withUid("u" + index)
                .withResourceVersion(Integer.toString(version))
                .addToLabels(Keys.COMPLETION_INDEX, Integer.toString(index))
                .endMetadata()
                .build();
    }

    private static Event event(String type, String reason, String message, int second) {
        return new EventBuilder()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp("2026-11-24T12:00:0" + second + "Z")
                .build();
    }
}
