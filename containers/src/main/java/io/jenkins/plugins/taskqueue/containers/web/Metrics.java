package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingDecision;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What happened, counted from events, and how things are, read from the status at each scrape. Thread-safe. The names
 * are documented in {@code docs/metrics.md}.
 */
public final class Metrics implements Consumer<Event> {
    // From what a warm node needs to a night of waiting.
    private static final double[] LATENCY = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};
    private static final double[] LONG = {0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Histogram startLatency;
    private final Histogram wait;
    private final Histogram run;
    private final Counter ended;
    private final Counter retries;
    private final Counter sourceErrors;
    private final Counter batches;
    private final Counter scalings;
    private final Gauge interArrival;
    private final Gauge processing;

    public Metrics(String queue, Supplier<Status> status) {
        Labels labels = Labels.of("queue", queue);
        startLatency = histogram("start_latency", "From a pod's creation to the start of its worker.", LATENCY, labels);
        wait = histogram("wait", "From an item's being listed to the start of its first worker.", LONG, labels);
        run = histogram("run", "How long the last attempt of an ended item ran.", LONG, labels);
        ended = counter("items_ended", "Items that ended, by state.", labels, "state");
        retries = counter("retries", "Attempts that ended and are followed by another, by cause.", labels, "cause");
        sourceErrors = counter("source_errors", "Polls of the source that gave no usable listing.", labels);
        batches = counter("batches", "Batches claimed.", labels);
        scalings = counter("scalings", "Changes of the parallelism by the traffic.", labels, "direction");
        interArrival =
                gauge("interarrival", "Time between two new items when the parallelism was changed last.", labels);
        processing = gauge("processing", "How long an item ran when the parallelism was changed last.", labels);
        for (String cause : new String[] {"failure", "disruption"}) {
            retries.initLabelValues(cause);
        }
        registry.register(new StatusCollector(labels, status));
    }

    @Override
    public void accept(Event event) {
        if (event instanceof Event.Started started) {
            startLatency.observe(seconds(started.latency()));
            if (started.attempt() == 0) {
                wait.observe(seconds(started.waited()));
            }
        } else if (event instanceof Event.Ended end) {
            ended.labelValues(end.state().name().toLowerCase(Locale.ROOT)).inc();
            if (!end.ran().isZero()) {
                run.observe(seconds(end.ran()));
            }
        } else if (event instanceof Event.Retrying retrying) {
            retries.labelValues(retrying.disrupted() ? "disruption" : "failure").inc();
        } else if (event instanceof Event.SourceFailed) {
            sourceErrors.inc();
        } else if (event instanceof Event.Claimed) {
            batches.inc();
        } else if (event instanceof Event.Scaled scaled) {
            ScalingDecision decision = scaled.decision();
            scalings.labelValues(decision.to() > decision.from() ? "up" : "down")
                    .inc();
            interArrival.set(decision.traffic().interArrival());
            processing.set(decision.traffic().processing());
        }
    }

    /** @param accept the formats that the reader can read, as in HTTP; null for any */
    Answer scrape(String accept) throws IOException {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, registry.scrape());
        return Answer.of(200, writer.getContentType(), out.toByteArray());
    }

    private Histogram histogram(String name, String help, double[] bounds, Labels labels) {
        return Histogram.builder()
                .name("taskqueue_" + name)
                .help(help)
                .unit(Unit.SECONDS)
                .constLabels(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .register(registry);
    }

    private Gauge gauge(String name, String help, Labels labels) {
        return Gauge.builder()
                .name("taskqueue_" + name)
                .help(help)
                .unit(Unit.SECONDS)
                .constLabels(labels)
                .register(registry);
    }

    private Counter counter(String name, String help, Labels labels, String... labelNames) {
        return Counter.builder()
                .name("taskqueue_" + name)
                .help(help)
                .constLabels(labels)
                .labelNames(labelNames)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
