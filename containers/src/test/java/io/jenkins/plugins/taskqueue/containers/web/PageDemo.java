package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Serves the page of a queue that does not exist, for looking at it: {@code PageDemo [ITEMS [PORT]]}. */
final class PageDemo {
    static final String[] NASTY = {
        "<script>alert(1)</script><img src=x onerror=alert(2)>.mp4",
        "\u202eevil.exe\u202c right-to-left override.mp4",
        "مقطع فيديو قصير ٣.mp4",
        "שיעור 12 - מבוא.mp4",
        "🎬🎞️ premiere 👩‍👩‍👧‍👦.mp4",
        "a/deep/../path with spaces/and%20percent.mp4",
        "new\nline\tand tab.mp4",
        "x".repeat(1000),
        "word ".repeat(200).strip(),
        "Same.mp4",
        "same.mp4",
        " "
    };

    private PageDemo() {}

    public static void main(String[] args) throws IOException {
        int items = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        MadeUpQueue queue = queue(items);
        AtomicReference<Status> status = new AtomicReference<>(queue.status());
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(
                        () -> {
                            queue.advance(Duration.ofSeconds(1));
                            status.set(queue.status());
                        },
                        0,
                        1,
                        TimeUnit.SECONDS);
        Metrics metrics = new Metrics("videos", status::get);
        Feed feed = new Feed(
                status::get,
                item -> Optional.of("frame of " + item + "\n".repeat(1) + "line\n".repeat(60)),
                () -> new Health(true, true, ""),
                () -> status.get().now(),
                metrics);
        StatusServer server =
                new StatusServer(new PageAddress(new InetSocketAddress("127.0.0.1", port), List.of()), feed);
        System.out.println(server.uri());
    }

    static MadeUpQueue queue(int items) {
        MadeUpQueue queue = new MadeUpQueue(new Random(3), 40);
        for (String name : NASTY) {
            queue.list(name);
        }
        for (int i = NASTY.length; i < items; i++) {
            queue.list("2026/november/clip-" + i + ".mp4");
        }
        for (int i = 0; i < 60; i++) {
            queue.advance(Duration.ofSeconds(1));
        }
        return queue;
    }
}
