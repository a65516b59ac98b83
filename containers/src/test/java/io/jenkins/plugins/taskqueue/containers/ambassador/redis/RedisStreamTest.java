package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;

@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class RedisStreamTest {
    @TempDir
    private Path directory;

    private RedisProcess redis;
    private RedisStream stream;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisProcess(directory);
        stream = stream("queue", 1000);
    }

    @AfterEach
    void stop() {
        stream.close();
        redis.close();
    }

    private RedisStream stream(String consumer, int window) {
        return new RedisStream(redis.server(), settings(consumer, window, false));
    }

    private static RedisStream.Settings settings(String consumer, int window, boolean delete) {
        return new RedisStream.Settings("s", "g", consumer, window, Duration.ofMinutes(10), "s:dead", delete);
    }

    private String add(String field, String value) {
        return redis.client()
                .xadd("s", Map.of(field, value), XAddParams.xAddParams())
                .toString();
    }

    private static List<String> names(RedisStream stream) throws ItemsException {
        return stream.list("", 100_000).names();
    }

    private long idle(String id) {
        return redis.client()
                .xpending("s", "g", XPendingParams.xPendingParams(new StreamEntryID(id), new StreamEntryID(id), 1))
                .get(0)
                .getIdleTime();
    }

    private void makeIdle(String consumer, String id, long millis) {
        redis.client()
                .xclaimJustId("s", "g", consumer, 0, XClaimParams.xClaimParams().idle(millis), new StreamEntryID(id));
    }

    private void readAs(String consumer) {
        redis.client()
                .xreadGroup(
                        "g",
                        consumer,
                        XReadGroupParams.xReadGroupParams(),
                        Map.of("s", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    @Test
    void entriesAreItemsAndTheirFieldsAreTheData() throws Exception {
        var first = add("path", "a \"b\".mp4");
        var second = redis.client()
                .xadd(
                        "s".getBytes(StandardCharsets.UTF_8),
                        XAddParams.xAddParams(),
                        Map.of("raw".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff}));

        assertThat(names(stream)).containsExactly(first, new String(second, StandardCharsets.UTF_8));
        assertThat(stream.data(first)).hasValue("{\"path\":\"a \\\"b\\\".mp4\"}");
        assertThat(stream.data(new String(second, StandardCharsets.UTF_8))).hasValue("{\"raw\":{\"base64\":\"/w==\"}}");
        assertThat(stream.data("1-1")).isEmpty();
        assertThat(stream.data("no id")).isEmpty();
    }

    @Test
    void whatIsDoneIsAcknowledgedAndListedNoMore() throws Exception {
        var first = add("n", "1");
        var second = add("n", "2");
        names(stream);
        stream.done(first);

        assertThat(names(stream)).containsExactly(second);
        assertThat(stream.data(first))
                .as("it is there still, but not to be done")
                .isEmpty();
        assertThat(redis.client().xpending("s", "g").getTotal()).isEqualTo(1);
        assertThat(redis.client().xlen("s")).isEqualTo(2);
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> stream.done(first));
    }

    @Test
    void whatFailedIsPutAsideWithItsReasonAndAcknowledged() throws Exception {
        var id = add("path", "a.mp4");
        names(stream);
        stream.failed(id, "ExitCode: 3");

        assertThat(names(stream)).isEmpty();
        var dead = redis.client().xrange("s:dead", "-", "+");
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).getFields())
                .containsEntry("path", "a.mp4")
                .containsEntry("taskqueue.id", id)
                .containsEntry("taskqueue.stream", "s")
                .containsEntry("taskqueue.reason", "ExitCode: 3");
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> stream.failed(id, "told again"));
        assertThat(redis.client().xlen("s:dead")).isEqualTo(1);
    }

    @Test
    void whatIsDoneIsDeletedWhereThatIsWanted() throws Exception {
        var id = add("n", "1");
        try (var deleting = new RedisStream(redis.server(), settings("queue", 10, true))) {
            names(deleting);
            deleting.done(id);
        }
        assertThat(redis.client().xlen("s")).isZero();
    }

    @Test
    void aWindowOfEntriesIsHeldAndTheRestIsLeftToOthers() throws Exception {
        for (int i = 0; i < 250; i++) {
            add("n", "" + i);
        }
        try (var narrow = stream("queue", 100);
                var other = stream("another queue", 1000)) {
            var first = names(narrow);
            assertThat(first).hasSize(100);
            assertThat(names(other)).hasSize(150).doesNotContainAnyElementsOf(first);
            assertThat(names(narrow)).as("nothing new while the window is full").isEqualTo(first);
            assertThat(narrow.list("", 30).names()).hasSize(30);
            assertThat(narrow.list(narrow.list("", 30).next(), 100).names()).isEqualTo(first.subList(30, 100));
        }
    }

    @Test
    void anotherAmbassadorOfTheQueueGoesOnWithWhatTheDeadOneHeld() throws Exception {
        add("n", "1");
        add("n", "2");
        var held = names(stream);

        try (var next = stream("queue", 1000)) {
            assertThat(names(next)).isEqualTo(held);
            assertThat(next.data(held.get(0))).isPresent();
        }
    }

    @Test
    void everyListingRenewsTheClaim() throws Exception {
        var id = add("n", "1");
        names(stream);
        makeIdle("queue", id, 500_000);
        assertThat(idle(id)).isGreaterThanOrEqualTo(500_000);

        names(stream);
        assertThat(idle(id)).isLessThan(100_000);
    }

    @Test
    void whatAnotherConsumerLeftForTooLongIsTakenOverAndNothingElse() throws Exception {
        names(stream);
        var old = add("n", "1");
        readAs("dead");
        makeIdle("dead", old, Duration.ofMinutes(11).toMillis());
        var fresh = add("n", "2");
        readAs("alive");

        assertThat(names(stream)).containsExactly(old);
        assertThat(stream.data(fresh)).as("another's").isEmpty();
    }

    @Test
    void anEntryThatWasTrimmedAwayIsListedNoMore() throws Exception {
        var id = add("n", "1");
        names(stream);
        redis.client().xdel("s", new StreamEntryID(id));

        assertThat(names(stream)).isEmpty();
    }

    @Test
    void whatIsHeldSurvivesThatRedisIsKilled() throws Exception {
        for (int i = 0; i < 20; i++) {
            add("n", "" + i);
        }
        var held = names(stream);
        stream.done(held.get(0));
        redis.kill();
        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> names(stream))
                .withMessageContaining("can't be reached");
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> stream.done(held.get(1)));

        redis.start();
        assertThat(names(stream)).isEqualTo(held.subList(1, 20));
        assertThatNoException().isThrownBy(() -> stream.done(held.get(1)));
    }

    @Test
    void aStreamThatIsLostIsNoEmptyOne() throws Exception {
        add("n", "1");
        names(stream);
        redis.client().flushAll();

        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> names(stream))
                .withMessageContaining("has the stream or its consumer group no more");
        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> stream.done("1-1"))
                .withMessageContaining("has the stream or its consumer group no more");
    }

    @Test
    void aKeyOfAnotherTypeIsNamed() {
        redis.client().set("s", "text");

        assertThatExceptionOfType(ItemsException.class)
                .isThrownBy(() -> names(stream))
                .withMessageContaining("WRONGTYPE")
                .withMessageContaining("--stream for a stream");
    }
}
