package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.owner;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.pod;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.PodView.Phase;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables and an API server that is played: it has a record with one pod, which runs. */
class ObservationTest {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final AtomicLong nanos = new AtomicLong();
    private final Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
    /** How often the pod was asked for by its name. */
    private final AtomicInteger reads = new AtomicInteger();

    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean there = true;
    private volatile boolean letGoDuringTheFirstList;
    private final AtomicInteger lists = new AtomicInteger();
    private PlayedServer server;
    private Observation observation;

    @BeforeEach
    void serve() throws Exception {
        server = new PlayedServer(this::answer);
        observation = new Observation(server.api(), Map.of(Keys.MANAGED_BY, Keys.TASK_QUEUE), timer, nanos::get);
        table.configMap(owner(1, null));
    }

    @AfterEach
    void close() {
        observation.close();
        timer.shutdownNow();
        server.close();
    }

    private void answer(String asked, PlayedServer.Out out) throws IOException, InterruptedException {
        if (asked.contains("/pods/")) {
            reads.incrementAndGet();
            out.begin(there ? 200 : 404);
            out.send(there ? Serialization.asJson(pod("u", 12, "Running")) : "{\"code\":404,\"message\":\"gone\"}");
            return;
        }
        out.begin(200);
        if (!asked.contains("watch=true")) {
            out.send("{\"metadata\":{\"resourceVersion\":\"41\"},\"items\":[" + list(asked) + "]}");
            lists.incrementAndGet();
            return;
        }
        if (asked.contains("/pods?")) {
            goOn.await();
            out.send("{\"type\":\"DELETED\",\"object\":" + line(pod("u", 12, "Running")) + "}\n");
        }
        server.over.await();
    }

    private String list(String asked) {
        boolean letGo = letGoDuringTheFirstList && lists.get() > 0;
        if (asked.contains("/pods?")) {
            return letGo ? "" : line(pod("u", 10, "Running"));
        }
        List<ConfigMap> maps = List.of(owner(1, null), letGo ? counted() : record(5, null));
        return asked.contains("/configmaps?") ? line(maps.get(0)) + "," + line(maps.get(1)) : "";
    }

    /** The record as it is once it is written that the pod's attempt is over. */
    private static ConfigMap counted() {
        Entry entry = new Entry(1, 0, "run1", "a", NOW, Attempts.NONE.disrupted(0, "Evicted"), null);
        String json = new String(RecordCodec.encode(List.of(entry)), StandardCharsets.UTF_8);
        return new ConfigMapBuilder(record(11, null))
                .addToData(RecordContent.JSON_KEY, json)
                .build();
    }

    private static String line(HasMetadata object) {
        return Serialization.asJson(object).replace("\n", "");
    }

    private List<PodView> pods() {
        return table.observed().pods().values().stream().flatMap(List::stream).toList();
    }

    @Test
    void aQueueIsOpenWhenAllOfItWasListed() throws Exception {
        observation.follow(table);

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
        assertThat(table.observed().records()).hasSize(1);
        assertThat(observation.isLive()).isTrue();
    }

    /** Else its number would be given again. */
    @Test
    void anAttemptThatIsLetGoBetweenTwoListsIsInOneOfThem() throws Exception {
        letGoDuringTheFirstList = true;
        Observation.look(server.api(), table);

        assertThat(pods()).extracting(PodView::attempt).containsExactly(0);
        assertThat(table.observed().records())
                .flatExtracting(BatchRecord::entries)
                .extracting(entry -> entry.attempts().last())
                .containsExactly(0);
    }

    @Test
    void aPodThatVanishedIsBelievedInOnlyAfterAFreshRead() throws Exception {
        observation.follow(table);
        there = true;
        goOn.countDown();
        await().until(() -> reads.get() == 1);

        assertThat(pods()).extracting(PodView::phase).containsExactly(Phase.RUNNING);
    }

    @Test
    void aPodThatAFreshReadDoesNotFindIsGone() throws Exception {
        observation.follow(table);
        there = false;
        goOn.countDown();

        await().until(() -> pods().stream().allMatch(one -> one.phase() == Phase.GONE));
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsNotToldOfForLongIsNotLive() throws Exception {
        observation.follow(table);
        await().until(() -> server.asked.stream()
                        .filter(asked -> asked.contains("watch=true"))
                        .count()
                == 3);

        await().until(() -> {
            nanos.addAndGet(Observation.SILENCE.plus(Duration.ofSeconds(1)).toNanos());
            return !observation.isLive();
        });
    }

    @Test
    void everyQueueSeesItsOwn() throws Exception {
        var other =
                new Table(new ObjectNames(QueueId.of("other"), "other"), Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
        observation.follow(table);
        observation.follow(other);
        await().until(() -> server.asked.stream()
                        .filter(asked -> asked.contains("watch=true"))
                        .count()
                == 3);
        observation.leave(other);

        assertThat(other.observed().pods()).isEmpty();
        assertThat(other.observed().records()).isEmpty();
        assertThat(pods()).hasSize(1);
    }
}
