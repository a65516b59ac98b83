package io.jenkins.plugins.taskqueue.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Not a test: what the engine alone takes for a long list, printed as JSON for {@code scripts/bench}. Its argument is the
 * number of items.
 */
final class EngineBench {
    private static final int RUNNING = 50;
    private static final int WARM_UP = 50;
    private static final int PASSES = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private EngineBench() {}

    public static void main(String[] arguments) throws Exception {
        int items = Integer.parseInt(arguments[0]);
        double plan = fromFirstByteToPlan(items);
        List<Double> passes = passesWithoutAChange(items);
        System.out.println("{\"plan_s\": " + plan + ", \"pass_ms\": " + passes + "}");
    }

    /** CPU milliseconds of each pass, while workers run and most items wait. */
    private static List<Double> passesWithoutAChange(int items) throws InterruptedException {
        Driven queue = new Driven(FakeSource.of(items));
        queue.world.rules.parallelism(RUNNING);
        queue.start(settings -> settings.parallelism(RUNNING)).running();
        queue.pass(WARM_UP);
        // From here on the cluster gives what it gave: copying it is the fake's own cost.
        queue.world.cluster.lagging().sync();
        var threads = ManagementFactory.getThreadMXBean();
        List<Double> milliseconds = new ArrayList<>();
        for (int pass = 0; pass < PASSES; pass++) {
            queue.world.clock.advance(Driven.STEP);
            long begin = threads.getCurrentThreadCpuTime();
            queue.manager.pass();
            milliseconds.add((threads.getCurrentThreadCpuTime() - begin) / NANOS_PER_MILLISECOND);
        }
        if (queue.count(ItemState.RUNNING) != RUNNING) {
            throw new IllegalStateException(queue.count(ItemState.RUNNING) + " items run");
        }
        return milliseconds;
    }

    /** Seconds from the first byte of a listing to the first question for an item's data: it has been decided to start it. */
    private static double fromFirstByteToPlan(int items) throws IOException, InterruptedException {
        AtomicLong sent = new AtomicLong();
        AtomicLong planned = new AtomicLong();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] list = IntStream.range(0, items)
                .mapToObj(number -> "\"item " + number + "\"")
                .collect(Collectors.joining(",", "{\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/items", exchange -> {
            sent.set(System.nanoTime());
            answer(exchange, list);
        });
        server.createContext("/items/", exchange -> {
            planned.compareAndSet(0, System.nanoTime());
            answer(exchange, "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{}}".getBytes(StandardCharsets.UTF_8));
        });
        server.start();
        HttpSourceSettings settings =
                HttpSourceSettings.of("http://127.0.0.1:" + server.getAddress().getPort());
        try (QueueManager manager = new QueueManager(
                QueueSpec.builder("plan", WorkerSpec.worker("acme/worker:1"))
                        .parallelism(RUNNING)
                        .build(),
                HttpSource.over(settings),
                new ManualQueue().cluster(),
                null,
                new ManualQueue().engine())) {
            manager.step();
            manager.pass();
        } finally {
            server.stop(0);
        }
        return (planned.get() - sent.get()) / NANOS_PER_SECOND;
    }

    private static void answer(HttpExchange exchange, byte[] body) {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
