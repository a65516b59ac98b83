package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the end of a pod's log: of several containers one after the other, each under a heading. */
record PodLog(KubernetesApi api) {
    /** Lines are longer than this on average, or fewer bytes than asked for are no loss. */
    private static final int BYTES_PER_LINE = 16;

    /**
     * A container whose log is asked for.
     *
     * @param title what is said above it; empty for the only one
     */
    record Part(String container, String title) {
        String heading() {
            return title.isEmpty() ? "" : "=== " + title + " ===\n";
        }
    }

    /**
     * The end of each part; what one leaves of its share of the bytes, the ones after it have.
     *
     * @param limit at most so many bytes of UTF-8
     * @throws ClusterException GONE when there is no log of any of them (any more)
     */
    String tail(String pod, List<Part> parts, int limit) throws ClusterException, InterruptedException {
        var log = new StringBuilder();
        int left = limit;
        ClusterException gone = null;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            try {
                int share = left / (parts.size() - i) - part.heading().length() - 1;
                String text = part.heading() + tail(pod, part.container(), Math.max(0, share));
                text += i == parts.size() - 1 || text.endsWith("\n") ? "" : "\n";
                left -= text.getBytes(StandardCharsets.UTF_8).length;
                log.append(text);
            } catch (ClusterException e) {
                if (e.kind() != Kind.GONE) {
                    throw e;
                }
                gone = e;
            }
        }
        if (log.isEmpty() && gone != null) {
            throw gone;
        }
        return log.toString();
    }

    /**
     * @param limit at most so many bytes of UTF-8
     * @throws ClusterException GONE when there is no log (any more)
     */
    private String tail(String pod, String container, int limit) throws ClusterException, InterruptedException {
        var last = new Last(limit + 4);
        try {
            api.log(pod, container, Math.max(1, limit / BYTES_PER_LINE), last);
            String log = Text.tail(last.bytes(), limit);
            // The kubelet answers 200 with this text when the runtime has removed the log
            if (log.startsWith("unable to retrieve container logs for ")) {
                throw new ClusterException(Kind.GONE, "The log of " + pod + " is gone: " + log);
            }
            return log;
        } catch (ClusterException e) {
            throw noLog(pod, e).orElse(e);
        }
    }

    /** 400 is the API server's answer while or because the container has no log. */
    private static Optional<ClusterException> noLog(String pod, ClusterException e) {
        return e.getCause() instanceof KubernetesClientException refused && refused.getCode() == 400
                ? Optional.of(new ClusterException(Kind.GONE, pod + " has no log: " + e.getMessage(), e))
                : Optional.empty();
    }

    /** Keeps the last bytes of what comes. */
    private static final class Last implements Answer.Sink {
        private final byte[] ring;
        private long total;

        Last(int bytes) {
            ring = new byte[bytes];
        }

        @Override
        public synchronized void take(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
                ring[(int) (total++ % ring.length)] = bytes[offset + i];
            }
        }

        synchronized byte[] bytes() {
            int length = (int) Math.min(total, ring.length);
            byte[] tail = new byte[length];
            for (int i = 0; i < length; i++) {
                tail[i] = ring[(int) ((total - length + i) % ring.length)];
            }
            return tail;
        }
    }
}
