package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final MadeUpQueue queue = new MadeUpQueue(new Random(1), 5);
    private final Metrics metrics = new Metrics("night \"shift\"", queue::status);

    @Test
    void itemsAreToldByState() throws IOException {
        queue.list("a").list("b");

        assertThat(scrape())
                .contains("taskqueue_items{queue=\"night \\\"shift\\\"\",state=\"pending\"} 2.0")
                .contains("taskqueue_items{queue=\"night \\\"shift\\\"\",state=\"failed\"} 0.0")
                .contains("taskqueue_parallelism{queue=\"night \\\"shift\\\"\"} 5.0")
                .contains("taskqueue_phase{phase=\"running\",queue=\"night \\\"shift\\\"\"} 1.0");
    }

    @Test
    void failedItemsAreToldByReasonAndRareReasonsTogether() throws IOException {
        for (int i = 0; i < StatusCollector.MOST_REASONS + 7; i++) {
            String reason = "Reason" + i;
            queue.list("item-" + i);
            queue.change(i, row -> MadeUpQueue.row(row, ItemState.FAILED, reason, "", 1, null, null, ""));
        }

        assertThat(scrape()).contains("reason=\"Reason0\"} 1.0").contains("reason=\"other\"} 7.0");
    }

    @Test
    void eventsAreCounted() throws IOException {
        metrics.accept(new Event.Claimed(1, 3));
        metrics.accept(new Event.Started("a", 0, Duration.ofSeconds(20), Duration.ofMillis(300)));
        metrics.accept(new Event.Retrying("a", 0, "ExitCode", false, Duration.ZERO));
        metrics.accept(new Event.Retrying("a", 1, "Evicted", true, Duration.ZERO));
        metrics.accept(new Event.Retrying("a", 2, "Evicted", true, Duration.ZERO));
        metrics.accept(new Event.Started("a", 3, Duration.ofSeconds(90), Duration.ofMillis(700)));
        metrics.accept(new Event.Ended("a", ItemState.SUCCEEDED, "", "", 4, Duration.ofSeconds(7)));
        metrics.accept(new Event.Ended("b", ItemState.CANCELLED, "", "", 0, Duration.ZERO));
        metrics.accept(new Event.SourceFailed("The source is away."));

        assertThat(scrape().replaceAll("queue=\"[^{}]*?shift\\\\\"\",?", ""))
                .contains("taskqueue_batches_total{} 1.0")
                .contains("taskqueue_start_latency_seconds_count{} 2\n")
                .contains("taskqueue_start_latency_seconds_sum{} 1.0\n")
                .contains("taskqueue_wait_seconds_count{} 1\n")
                .contains("taskqueue_wait_seconds_sum{} 20.0\n")
                .contains("taskqueue_run_seconds_count{} 1\n")
                .contains("taskqueue_run_seconds_bucket{le=\"5.0\"} 0\n")
                .contains("taskqueue_run_seconds_bucket{le=\"10.0\"} 1\n")
                .contains("taskqueue_retries_total{cause=\"disruption\",} 2.0")
                .contains("taskqueue_retries_total{cause=\"failure\",} 1.0")
                .contains("taskqueue_items_ended_total{state=\"succeeded\"} 1.0")
                .contains("taskqueue_source_errors_total{} 1.0");
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        String documentation = Files.readString(Path.of(System.getProperty("taskqueue.home"), "docs", "metrics.md"));
        metrics.accept(new Event.Ended("a", ItemState.SUCCEEDED, "", "", 1, Duration.ofSeconds(1)));

        assertThat(Pattern.compile("# TYPE (\\S+)").matcher(scrape()).results().map(this::name))
                .hasSizeGreaterThan(9)
                .allSatisfy(name -> assertThat(documentation).contains("`" + name + "`"));
    }

    private String name(MatchResult match) {
        return match.group(1);
    }

    private String scrape() throws IOException {
        return new String(metrics.scrape(null).body(), StandardCharsets.UTF_8);
    }
}
