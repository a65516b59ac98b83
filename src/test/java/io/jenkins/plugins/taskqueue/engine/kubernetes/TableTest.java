package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.job;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.pod;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), changes::incrementAndGet);

    @BeforeEach
    void owner() {
        table.configMap(TableObjects.owner(1, null));
        changes.set(0);
    }

    @Test
    void olderVersionNeverOverwritesANewerOne() {
        table.pod(pod("u", 12, "Running"));
        table.pod(pod("u", 11, "Pending"));

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
        assertThat(changes).hasValue(1);
    }

    @Test
    void versionsAreComparedAsNumbers() {
        table.pod(pod("u", 99, "Pending"));
        table.pod(pod("u", 100, "Running"));

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
    }

    @Test
    void whyAPodFailedIsWhatWasSeenFirst() {
        Pod evicted = new PodBuilder(pod("u", 10, "Failed"))
                .editStatus()
                .withReason("Evicted")
                .endStatus()
                .build();
        table.pod(evicted);
        table.pod(pod("u", 11, "Failed"));
        assertThat(pods()).extracting(PodView::reason).containsExactly("Evicted");

        table.pod(pod("another", 12, "Failed"));
        assertThat(pods()).extracting(PodView::reason).containsExactly("NeverStarted");
    }

    @Test
    void lateAnswerOfACreateDoesNotResurrectADeletedPod() {
        table.podGone("tq-" + NAMES.id() + "-1-0-0", "u");
        table.pod(pod("u", 10, "Pending"));

        assertThat(pods()).isEmpty();
    }

    @Test
    void podOfALiveItemStaysAsGoneWhenItVanished() {
        table.configMap(record(1, null));
        table.pod(pod("u", 12, "Running"));
        table.podGone(NAMES.pod(1, 0, 0), "u");

        assertThat(pods()).singleElement().satisfies(pod -> {
            assertThat(pod.phase()).isEqualTo(Phase.GONE);
            assertThat(pod.tracked()).isFalse();
            assertThat(pod.ended()).isEqualTo(NOW);
        });
    }

    @Test
    void podOfALiveItemKeepsATerminalStateWhenItVanished() {
        table.configMap(record(1, null));
        table.pod(pod("u", 12, "Succeeded"));
        table.podGone(NAMES.pod(1, 0, 0), "u");

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.SUCCEEDED);
    }

    @Test
    void vanishedPodLeavesWhenItsItemGetsItsOutcome() {
        table.configMap(record(1, null));
        table.pod(pod("u", 12, "Succeeded"));
        table.podGone(NAMES.pod(1, 0, 0), "u");
        table.configMap(record(20, Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW)));

        assertThat(pods()).isEmpty();
    }

    @Test
    void podOfAnEndedItemJustLeaves() {
        table.configMap(record(1, Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW)));
        table.pod(pod("u", 12, "Succeeded"));
        table.podGone(NAMES.pod(1, 0, 0), "u");

        assertThat(pods()).isEmpty();
    }

    @Test
    void onlyATerminalLastStateSettlesADeletion() {
        table.configMap(record(1, null));

        assertThat(table.isSettledBy(pod("u", 12, "Running"))).isFalse();
        assertThat(table.isSettledBy(pod("u", 12, "Failed"))).isTrue();
    }

    @Test
    void deletionOfAnEarlierPodOfTheSameNameLeavesTheLaterOne() {
        table.configMap(record(1, null));
        table.pod(pod("later", 12, "Running"));
        table.podGone(NAMES.pod(1, 0, 0), "earlier");

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
    }

    @Test
    void unchangedRecordsAreTheSameInstances() {
        table.configMap(record(1, null));
        BatchRecord before = table.observed().records().iterator().next();
        table.configMap(record(1, null));
        table.pod(pod("u", 12, "Running"));

        assertThat(table.observed().records()).singleElement().isSameAs(before);
        assertThat(table.observed()).isSameAs(table.observed());
    }

    @Test
    void recordsComeByAscendingNumber() {
        for (int number : new int[] {10, 9, 100}) {
            table.configMap(new ConfigMapBuilder(record(1, null))
                    .editMetadata()
                    .withName(NAMES.batch(number))
                    .withUid("u" + number)
                    .addToLabels(Keys.BATCH, Integer.toString(number))
                    .endMetadata()
                    .build());
        }

        assertThat(table.observed().records()).extracting(BatchRecord::number).containsExactly(9, 10, 100);
    }

    @Test
    void runIsDeletedWhenItsOwnerIsGoneOrGoing() {
        table.configMap(TableObjects.owner(5, null));
        assertThat(table.observed().run().deleted()).isFalse();
        assertThat(table.observed().run().id()).isEqualTo("run1");

        table.configMap(TableObjects.owner(6, NOW.toString()));
        assertThat(table.observed().run().deleted()).isTrue();

        table.configMapGone(NAMES.owner(), "o");
        assertThat(table.observed().run().deleted()).isTrue();
    }

    @Test
    void jobTellsWhetherItIsSuspendedOrFinished() {
        table.job(job(5, true));
        assertThat(table.observed().jobs().get(1).suspended()).isTrue();

        table.jobGone(NAMES.batch(1), "j");
        assertThat(table.observed().jobs()).isEmpty();
    }

    private static ConfigMap unreadable(int version) {
        return new ConfigMapBuilder(record(version, null))
                .addToData("record.json", "{\"version\":9}")
                .build();
    }

    @Test
    void whoeverBeginsWithAnUnreadableRecordIsTold() {
        table.configMap(unreadable(1));

        assertThatThrownBy(table::check).hasMessageContaining("schema version 9");
        table.listed(ConfigMap.class, Set.of(NAMES.owner()), table.begin());
        assertThatCode(table::check).doesNotThrowAnyException();
    }

    @Test
    void aRecordThatSomebodyMadeUnreadableIsAsItWasAndNotWrittenOver() {
        table.configMap(record(1, null));
        table.configMap(unreadable(2));
        assertThat(table.observed().records()).extracting(BatchRecord::version).containsExactly("1");
        assertThat(table.observed().others().unreadable()).contains("schema version 9");
        assertThatThrownBy(() -> table.check(NAMES.batch(1))).hasMessageContaining("schema version 9");
        assertThatCode(() -> table.check(NAMES.batch(2))).doesNotThrowAnyException();

        table.configMap(record(3, null));
        assertThat(table.observed().records()).extracting(BatchRecord::version).containsExactly("3");
        assertThat(table.observed().others()).isEqualTo(Observed.Others.NONE);
        assertThatCode(() -> table.check(NAMES.batch(1))).doesNotThrowAnyException();

        table.configMap(unreadable(4));
        table.configMapGone(NAMES.batch(1), "r");
        assertThat(table.observed().records()).isEmpty();
        assertThat(table.observed().others()).isEqualTo(Observed.Others.NONE);
    }

    private List<PodView> pods() {
        return table.observed().pods().values().stream().flatMap(List::stream).toList();
    }
}
