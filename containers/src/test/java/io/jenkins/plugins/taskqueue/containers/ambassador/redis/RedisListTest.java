package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class RedisListTest {
    @TempDir
    private Path directory;

    private RedisProcess redis;
    private RedisList list;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisProcess(directory);
        list = list(RedisList.End.RIGHT, 1000);
    }

    @AfterEach
    void stop() {
        list.close();
        redis.close();
    }

    private RedisList list(RedisList.End end, int window) {
        return new RedisList(redis.server(), new RedisList.Settings("l", end, window, "l:dead"));
    }

    private static List<String> names(RedisList list) throws ItemsException {
        return list.list("", 100_000).names();
    }

    @Test
    void equalElementsAreItemsOfTheirOwnInTheOrderInWhichTheyWerePushed() throws Exception {
        redis.client().lpush("l", "{\"n\":1}", "same", "same");

        var names = names(list);
        assertThat(names).hasSize(3).doesNotHaveDuplicates();
        assertThat(list.data(names.get(0))).hasValue("{\"n\":1}");
        assertThat(list.data(names.get(1))).hasValue("{\"value\":\"same\"}");
        assertThat(list.data(names.get(2))).hasValue("{\"value\":\"same\"}");
        assertThat(list.data("nobody")).isEmpty();
        assertThat(names(list)).isEqualTo(names);
    }

    @Test
    void elementsAreTakenFromTheOtherEndWhereThatIsWanted() throws Exception {
        redis.client().rpush("l", "1", "2");
        try (var left = list(RedisList.End.LEFT, 1)) {
            assertThat(left.data(names(left).get(0))).hasValue("1");
        }
    }

    @Test
    void whatIsDoneIsGoneForGood() throws Exception {
        redis.client().lpush("l", "1", "2");
        var names = names(list);
        list.done(names.get(0));

        assertThat(names(list)).containsExactly(names.get(1));
        assertThat(list.data(names.get(0))).isEmpty();
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> list.done(names.get(0)));
    }

    @Test
    void whatFailedIsPutAsideAsItWas() throws Exception {
        byte[] poison = new byte[5 * 1024 * 1024];
        poison[7] = (byte) 0xff;
        redis.client().lpush("l".getBytes(StandardCharsets.UTF_8), poison);
        var name = names(list).get(0);
        list.failed(name, "DataTooLarge");

        assertThat(names(list)).isEmpty();
        assertThat(redis.client().lpop("l:dead".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(poison);
        assertThatExceptionOfType(ItemsException.class).isThrownBy(() -> list.failed(name, "told again"));
    }

    @Test
    void noMoreThanAWindowOfElementsIsTaken() throws Exception {
        for (int i = 0; i < 50; i++) {
            redis.client().lpush("l", "" + i);
        }
        try (var narrow = list(RedisList.End.RIGHT, 20)) {
            var first = names(narrow);
            assertThat(first).hasSize(20);
            assertThat(redis.client().llen("l")).isEqualTo(30);
            narrow.done(first.get(3));
            assertThat(names(narrow)).hasSize(20);
            assertThat(redis.client().llen("l")).isEqualTo(29);
        }
    }

    @Test
    void nothingIsLostThoughRedisIsKilled() throws Exception {
        for (int i = 0; i < 50; i++) {
            redis.client().lpush("l", "" + i);
        }
        try (var narrow = list(RedisList.End.RIGHT, 20)) {
            var names = names(narrow);
            narrow.done(names.get(0));
            redis.kill();
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> names(narrow))
                    .withMessageContaining("can't be reached");
            redis.start();

            assertThat(names(narrow)).hasSize(20).containsAll(names.subList(1, 20));
            assertThat(redis.client().hlen("l:taskqueue") + redis.client().llen("l"))
                    .isEqualTo(49);
        }
    }

    @Test
    void aServerThatWantsAPasswordIsNamed(@TempDir Path other) throws Exception {
        try (var guarded = new RedisProcess(other, "--requirepass", "s3cret");
                var without =
                        new RedisList(guarded.server(), new RedisList.Settings("l", RedisList.End.LEFT, 10, "dead"));
                var with = new RedisList(
                        new RedisServer(guarded.url(), "s3cret"),
                        new RedisList.Settings("l", RedisList.End.LEFT, 10, "dead"))) {
            assertThatExceptionOfType(ItemsException.class)
                    .isThrownBy(() -> names(without))
                    .withMessageContaining("NOAUTH")
                    .withMessageContaining("TASKQUEUE_PASSWORD");
            assertThat(names(with)).isEmpty();
        }
    }
}
