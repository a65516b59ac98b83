package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis of its own, on loopback, that writes every change to its disk; it can be killed and started again. */
public final class RedisProcess implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final List<String> more;
    private Process process;
    private RedisClient client;

    public RedisProcess(Path directory, String... more) throws IOException {
        this.directory = directory;
        this.more = List.of(more);
        try (var free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        start();
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    RedisServer server() {
        return new RedisServer(url(), null);
    }

    /** For the test's own questions. */
    public RedisClient client() {
        return client;
    }

    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + port));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "yes"));
        command.addAll(List.of("--appendfsync", "always", "--daemonize", "no"));
        command.addAll(more);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort("There is no redis-server here: apt-get install redis-server");
        }
        client = RedisClient.create(url());
        await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    private boolean answers() {
        try {
            return client.ping().equals("PONG");
        } catch (JedisException e) {
            return e.getMessage() != null && e.getMessage().startsWith("NOAUTH");
        }
    }

    public void kill() {
        client.close();
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        kill();
    }
}
