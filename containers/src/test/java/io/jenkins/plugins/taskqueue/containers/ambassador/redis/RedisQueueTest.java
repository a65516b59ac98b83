package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.ambassador.StoreRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.params.XAddParams;

/** A queue works off Redis, which is killed and started again in the middle; one item is poisoned. */
@Tag("stores")
@Execution(ExecutionMode.CONCURRENT)
class RedisQueueTest {
    private static final int ITEMS = 80;
    private static final String POISON = "x".repeat(5 * 1024 * 1024);

    @TempDir
    private Path directory;

    private static void assertThatOneFailed(StoreRun queue) throws Exception {
        var run = queue.end();
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(1);
        assertThat(run.out()).contains((ITEMS - 1) + " succeeded, 1 failed", "Let the data hold a reference");
        assertThat(queue.done()).hasSize(ITEMS - 1).doesNotHaveDuplicates();
    }

    @Test
    void everyEntryOfAStreamIsDoneOnceOrPutAside() throws Exception {
        try (var redis = new RedisProcess(directory)) {
            for (int i = 0; i < ITEMS; i++) {
                redis.client().xadd("s", Map.of("n", i == 30 ? POISON : "" + i), XAddParams.xAddParams());
            }
            var settings = new RedisStream.Settings("s", "g", "queue", 25, Duration.ofMinutes(10), "s:dead", false);
            try (var queue = new StoreRun(new RedisStream(redis.server(), settings), directory)) {
                queue.awaitDone(20);
                redis.kill();
                redis.start();

                assertThatOneFailed(queue);
            }
            assertThat(redis.client().xpending("s", "g").getTotal()).isZero();
            assertThat(redis.client().xrange("s:dead", "-", "+"))
                    .singleElement()
                    .satisfies(dead -> assertThat(dead.getFields()).containsEntry("n", POISON));
        }
    }

    @Test
    void everyElementOfAListIsDoneOnceOrPutAside() throws Exception {
        try (var redis = new RedisProcess(directory)) {
            for (int i = 0; i < ITEMS; i++) {
                redis.client().lpush("l", i == 30 ? POISON : "the same");
            }
            var settings = new RedisList.Settings("l", RedisList.End.RIGHT, 25, "l:dead");
            try (var queue = new StoreRun(new RedisList(redis.server(), settings), directory)) {
                queue.awaitDone(20);
                redis.kill();
                redis.start();

                assertThatOneFailed(queue);
            }
            assertThat(redis.client().exists("l", "l:taskqueue")).isZero();
            assertThat(redis.client().lrange("l:dead", 0, -1)).containsExactly(POISON);
        }
    }
}
