package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NAMES;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.NOW;
import static io.jenkins.plugins.taskqueue.engine.kubernetes.TableObjects.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An API server that has a merged record already when another manager makes it. */
class RecordsTest {
    private static final BatchRecord ONE = ended(1);
    private static final BatchRecord TWO = ended(2);

    private final Set<String> methods = new ConcurrentSkipListSet<>();
    private BatchRecord there;

    private static BatchRecord ended(int number) {
        Outcome done = Outcome.withoutPod(ItemState.SUCCEEDED, "", "", NOW);
        return new BatchRecord(
                number, false, NOW, List.of(new Entry(number, 0, "run1", "item " + number, NOW, done)), "1");
    }

    private static BatchRecord merged(BatchRecord... records) {
        List<Entry> entries =
                Stream.of(records).flatMap(one -> one.entries().stream()).toList();
        return new BatchRecord(2, true, NOW, entries, "");
    }

    private void answer(String asked, PlayedServer.Out out) throws IOException {
        String method = out.exchange().getRequestMethod();
        methods.add(method);
        var map = new ConfigMapBuilder(
                        new RecordManifest(NAMES).merged(there, state("o").reference()))
                .editMetadata()
                .withUid("m")
                .withCreationTimestamp(NOW.toString())
                .withResourceVersion("7")
                .endMetadata()
                .build();
        out.begin(method.equals("POST") ? 409 : 200);
        out.send(
                switch (method) {
                    case "POST" -> "{\"kind\":\"Status\",\"code\":409,\"message\":\"it exists\"}";
                    case "GET" -> Serialization.asJson(map);
                    default -> "{\"kind\":\"Status\",\"status\":\"Success\"}";
                });
    }

    private void merge(BatchRecord found) throws Exception {
        there = found;
        Table table = new Table(NAMES, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
        table.configMap(TableObjects.owner(1, null));
        try (var server = new PlayedServer(this::answer)) {
            new Records(server.api(), NAMES, table).merge(merged(ONE, TWO), List.of(ONE, TWO), state("o"));
        }
    }

    @Test
    void nothingIsDeletedForAMergedRecordThatLacksAnEntryOfIt() {
        assertThatThrownBy(() -> merge(merged(ONE))).isInstanceOf(ClusterException.class);

        assertThat(methods).containsExactly("GET", "POST");
    }

    @Test
    void whatTheMergedRecordHoldsIsDeletedWhoeverMadeIt() throws Exception {
        merge(merged(ONE, TWO));

        assertThat(methods).contains("DELETE");
    }
}
