package io.jenkins.plugins.taskqueue.containers.ambassador;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an ambassador counts, in Prometheus' text format. */
final class Metrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("taskqueue_ambassador_requests_total")
            .help("Requests by route and HTTP status")
            .labelNames("route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("taskqueue_ambassador_request_duration_seconds")
            .help("Time to answer, by route")
            .labelNames("route")
            .classicOnly()
            .register(registry);
    private final Gauge listed = Gauge.builder()
            .name("taskqueue_ambassador_listed_items")
            .help("Names in the last answer that listed items")
            .register(registry);

    void answered(String route, int status, double durationSeconds) {
        requests.labelValues(route, String.valueOf(status)).inc();
        seconds.labelValues(route).observe(durationSeconds);
    }

    void listed(int names) {
        listed.set(names);
    }

    Answer answer() {
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("The metrics can't be written", e);
        }
        return Answer.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
    }
}
