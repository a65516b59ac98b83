package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the end of a container's log. */
record PodLog(KubernetesApi api) {
    /** Lines are longer than this on average, or fewer bytes than asked for are no loss. */
    private static final int BYTES_PER_LINE = 16;

    /**
     * @param limit at most so many bytes of UTF-8
     * @throws ClusterException GONE when there is no log (any more)
     */
    String tail(String pod, String container, int limit) throws ClusterException, InterruptedException {
        var call = new ApiCall("get", "pods/log", pod);
        try {
            String log = api.gate().read(call, () -> {
                try (InputStream in = api.client()
                        .pods()
                        .inNamespace(api.namespace())
                        .withName(pod)
                        .inContainer(container)
                        .tailingLines(Math.max(1, limit / BYTES_PER_LINE))
                        .getLogInputStream()) {
                    return Text.tail(last(in, limit + 4), limit);
                } catch (IOException e) {
                    throw new KubernetesClientException(e.getMessage(), e);
                }
            });
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

    private static byte[] last(InputStream in, int bytes) throws IOException {
        byte[] ring = new byte[bytes];
        byte[] buffer = new byte[8192];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                ring[(int) (total++ % bytes)] = buffer[i];
            }
        }
        int length = (int) Math.min(total, bytes);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((total - length + i) % bytes)];
        }
        return tail;
    }
}
