package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.taskqueue.containers.ambassador.redis.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.XAddParams;

/** A stream of Redis, which is killed and started again, as is the manager that acts. */
@Tag("deploy")
@Execution(ExecutionMode.CONCURRENT)
class RedisDeployTest {
    @TempDir
    private Path directory;

    @Test
    void everyEntryIsDoneOnceAndAcknowledged() throws Exception {
        try (var site = new Site(directory);
                var redis = new RedisProcess(Files.createDirectory(directory.resolve("redis")))) {
            for (int i = 0; i < Overlay.ITEMS; i++) {
                redis.client().xadd("videos", Map.of("n", "" + i), XAddParams.xAddParams());
            }
            site.open(6379, redis.url().getPort());
            var overlay = new Overlay(site, "redis", site.claim("ledger"));
            overlay.apply(directory, "redis", "grep -q n \"$WORK_ITEM_FILE\"");
            overlay.awaitDone(Overlay.ITEMS / 4);

            redis.kill();
            overlay.killActive();
            redis.start();

            overlay.awaitDone(Overlay.ITEMS);
            await().atMost(Duration.ofMinutes(3))
                    .ignoreExceptionsInstanceOf(JedisConnectionException.class) // a busy machine
                    .untilAsserted(() -> assertThat(redis.client()
                                    .xpending("videos", "task-queue")
                                    .getTotal())
                            .isZero());
            overlay.everyItemWasDoneOnce();
            assertThat(redis.client().xinfoGroups("videos"))
                    .singleElement()
                    .satisfies(
                            group -> assertThat(group.getGroupInfo().get("lag")).isEqualTo(0L));
            assertThat(redis.client().exists("videos:dead")).isFalse();
        }
    }
}
