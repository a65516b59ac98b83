package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.job;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.pod;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableListTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), changes::incrementAndGet);

    @BeforeEach
    void owner() {
        table.configMap(TableObjects.owner(1, null));
    }

    @Test
    void aListIsBelievedThoughVersionsWentBack() {
        table.configMap(TableObjects.owner(700, null));
        table.configMap(record(800, null));
        table.pod(pod("u", 900, "Pending"));

        long begun = table.begin();
        table.see(pod("u", 505, "Running"), begun);
        table.see(TableObjects.owner(400, NOW.toString()), begun);
        table.listed(Pod.class, Set.of(NAMES.pod(1, 0, 0)), begun);
        table.listed(ConfigMap.class, Set.of(NAMES.owner()), begun);
        table.pod(pod("u", 511, "Succeeded"));

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.SUCCEEDED);
        assertThat(table.observed().records()).isEmpty();
        assertThat(table.observed().run().deleted()).isTrue();
    }

    @Test
    void whatWasDeletedIsBackWhereALaterListHasIt() {
        table.pod(pod("u", 900, "Pending"));
        table.podGone(NAMES.pod(1, 0, 0), "u");

        long begun = table.begin();
        table.see(pod("u", 505, "Running"), begun);

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
    }

    @Test
    void aListDoesNotUndoWhatWasHeardSinceItWasBegun() {
        table.pod(pod("u", 10, "Pending"));
        table.job(job(10, false));
        long begun = table.begin();
        table.configMap(record(12, null)); // written after the list was made, which comes late
        table.pod(pod("u", 12, "Running"));
        table.jobGone(NAMES.batch(1), "j");

        table.see(pod("u", 10, "Pending"), begun);
        table.see(job(10, false), begun);
        table.listed(ConfigMap.class, Set.of(), begun);

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
        assertThat(table.observed().jobs()).isEmpty();
        assertThat(table.observed().records()).hasSize(1);
    }

    @Test
    void aListThatBringsNothingNewChangesNothing() {
        table.pod(pod("u", 12, "Running"));
        table.configMap(record(1, null));
        int before = changes.get();

        long begun = table.begin();
        table.see(pod("u", 12, "Running"), begun);
        table.see(record(1, null), begun);
        table.listed(Pod.class, Set.of(NAMES.pod(1, 0, 0)), begun);

        assertThat(changes).hasValue(before);
    }

    @Test
    void podOfALiveItemThatAListLacksIsGone() {
        table.configMap(record(1, null));
        table.pod(pod("u", 12, "Running"));
        table.listed(Pod.class, Set.of(), table.begin());

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.GONE);
    }

    private List<PodView> pods() {
        return table.observed().pods().values().stream().flatMap(List::stream).toList();
    }
}
