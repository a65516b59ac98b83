package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.job;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.pod;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.record;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableOthersTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), changes::incrementAndGet);

    @BeforeEach
    void owner() {
        table.configMap(TableObjects.owner(1, null));
        changes.set(0);
    }

    @Test
    void onlyWhatThePresentOwnerOwnsIsOfTheQueue() {
        table.pod(new PodBuilder(pod("old", 12, "Succeeded"))
                .editMetadata()
                .withOwnerReferences(state("earlier").reference())
                .endMetadata()
                .build());
        table.job(new JobBuilder(job(12, false))
                .editMetadata()
                .withOwnerReferences(List.of())
                .endMetadata()
                .build());
        table.configMap(new ConfigMapBuilder(record(12, null))
                .editMetadata()
                .withOwnerReferences(state("earlier").reference())
                .endMetadata()
                .build());

        Observed seen = table.observed();
        assertThat(pods()).isEmpty();
        assertThat(seen.jobs()).isEmpty();
        assertThat(seen.records()).isEmpty();
        assertThat(seen.others().left()).isTrue();
        assertThat(seen.others().sentence())
                .contains("earlier queue of this name")
                .contains(NAMES.pod(1, 0, 0));
        assertThat(table.left()).extracting(ObjectReference::getUid).containsExactlyInAnyOrder("old", "j", "r");
    }

    @Test
    void whatIsNotNamedAsWeWouldIsIgnoredAndStays() {
        table.pod(new PodBuilder(pod("copy", 12, "Succeeded"))
                .editMetadata()
                .withName("copy-to-debug")
                .endMetadata()
                .build());
        table.configMap(new ConfigMapBuilder(record(12, null))
                .editMetadata()
                .withName(NAMES.batch(1) + "-backup")
                .endMetadata()
                .build());

        Observed seen = table.observed();
        assertThat(pods()).isEmpty();
        assertThat(seen.records()).isEmpty();
        assertThat(seen.others().left()).isFalse();
        assertThat(seen.others().sentence()).contains("ignored").contains("ConfigMap " + NAMES.batch(1) + "-backup");
        assertThat(table.hasCopyOf(Set.of(1))).isTrue();
        assertThat(table.hasCopyOf(Set.of(2))).isFalse();
    }

    @Test
    void whatGoesByItselfIsNotToBeRemoved() {
        Pod held = new PodBuilder(pod("old", 12, "Failed"))
                .editMetadata()
                .withOwnerReferences(List.of())
                .withDeletionTimestamp(NOW.toString())
                .endMetadata()
                .build();
        table.pod(held);
        assertThat(table.left()).hasSize(1);

        table.pod(new PodBuilder(held)
                .editMetadata()
                .withResourceVersion("13")
                .withFinalizers(List.of())
                .endMetadata()
                .build());
        assertThat(table.left()).isEmpty();
        assertThat(table.observed().others().sentence()).isNotEmpty();
        table.podGone(held.getMetadata().getName(), "old");
        assertThat(table.observed().others()).isEqualTo(Observed.Others.NONE);
        table.pod(held); // an answer that comes late
        assertThat(table.observed().others()).isEqualTo(Observed.Others.NONE);
    }

    @Test
    void whatIsLeftAndMissingFromACompleteListHasGone() {
        table.pod(new PodBuilder(pod("old", 12, "Failed"))
                .editMetadata()
                .withOwnerReferences(List.of())
                .endMetadata()
                .build());
        table.listed(Pod.class, Set.of(NAMES.pod(1, 0, 0)), table.begin());
        assertThat(table.left()).hasSize(1);

        table.listed(Pod.class, Set.of(), table.begin());
        assertThat(table.left()).isEmpty();
    }

    @Test
    void ownerOfAnotherQueueOfTheSameNameMeansThatOursWasDeleted() {
        table.configMap(new ConfigMapBuilder(TableObjects.owner(50, null))
                .editMetadata()
                .withUid("later")
                .endMetadata()
                .build());

        assertThat(table.observed().run().deleted()).isTrue();
        assertThat(table.observed().run().id()).isEqualTo("run1");
    }

    @Test
    void podWhoseOwnerSomebodyTookAwayStaysOurs() {
        table.pod(pod("u", 12, "Running"));
        table.pod(new PodBuilder(pod("u", 13, "Succeeded"))
                .editMetadata()
                .withOwnerReferences(List.of())
                .endMetadata()
                .build());

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.SUCCEEDED);
    }

    private List<PodView> pods() {
        return table.observed().pods().values().stream().flatMap(List::stream).toList();
    }
}
