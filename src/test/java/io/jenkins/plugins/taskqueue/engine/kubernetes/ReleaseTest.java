package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.fake.FakePods;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Two pods of an ended batch and an API server that keeps one of them. */
class ReleaseTest {
    private final Set<String> letGo = new ConcurrentSkipListSet<>();

    private void answer(String asked, PlayedServer.Out out) throws IOException {
        boolean keeps = !asked.contains(pod(1).name());
        boolean patches = out.exchange().getRequestMethod().equals("PATCH");
        if (patches) {
            letGo.add(asked.replaceAll(".*/|\\?.*", ""));
        }
        out.begin(keeps && !patches ? 403 : 200);
        out.send(
                patches
                        ? Serialization.asJson(TableObjects.pod("u", 12, "Succeeded"))
                        : "{\"kind\":\"Status\",\"code\":403,\"message\":\"that one is kept\"}");
    }

    private static PodView pod(int index) {
        PodView pending = FakePods.pending(1, index, 0, NAMES.pod(1, index, 0), NOW);
        return FakePods.succeeded(FakePods.running(pending, NOW), NOW, "");
    }

    @Test
    void aPodThatTheServerKeepsHoldsNoOther() throws Exception {
        Outcome done = Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW);
        var entries = List.of(new Entry(1, 0, "run1", "a", NOW, done), new Entry(1, 1, "run1", "b", NOW, done));
        BatchRecord record = new BatchRecord(1, false, NOW, entries, "1");
        Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
        ExecutorService threads = Fanout.pool(2);
        try (var server = new PlayedServer(this::answer)) {
            Release release = new Release(server.api(), NAMES, table, new Fanout(threads));

            assertThatThrownBy(() -> release.release(record, List.of(pod(0), pod(1))))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("that one is kept");
            assertThat(letGo).containsExactly(pod(1).name());
        } finally {
            threads.shutdownNow();
        }
    }
}
