package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What every call to the API server passes through: writes are limited, errors become sentences. Any thread. */
final class ApiGate {
    /**
     * How long a right that was there may be missing, and new credentials: an API server that has just started denies
     * everything until it has read the roles.
     */
    private static final Duration DOUBT = Duration.ofSeconds(30);

    /** What any call that succeeds shows: the server knows who asks. */
    private static final String KNOWN = "";

    private static final Duration TOO_MANY = Duration.ofSeconds(1);

    /** Together with the writes less than the hundred requests that an API server takes over one connection. */
    private static final int MOST_READS = 32;

    private final Semaphore writes;
    private final Semaphore reads = new Semaphore(MOST_READS, true);
    private final TokenBucket bucket;
    private final ApiErrors errors;
    private final LongSupplier nanos;
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> denied = new ConcurrentHashMap<>();
    private volatile String stranger = "";

    /** @param nanos a monotonic clock */
    ApiGate(ApiLimits limits, String namespace, LongSupplier nanos) {
        writes = new Semaphore(limits.concurrent(), true);
        bucket = new TokenBucket(limits.perSecond(), limits.burst(), nanos);
        errors = new ApiErrors(namespace);
        this.nanos = nanos;
    }

    /** One request to the API server. */
    interface Request<T> {
        T send() throws InterruptedException;
    }

    <T> T write(ApiCall call, Request<T> request) throws ClusterException, InterruptedException {
        writes.acquire();
        try {
            long wait = bucket.take();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            return urgent(call, request);
        } finally {
            writes.release();
        }
    }

    <T> T read(ApiCall call, Request<T> request) throws ClusterException, InterruptedException {
        reads.acquire();
        try {
            return urgent(call, request);
        } finally {
            reads.release();
        }
    }

    /** Waits for nobody. For the few calls that everything else depends on. */
    <T> T urgent(ApiCall call, Request<T> request) throws ClusterException, InterruptedException {
        try {
            T answer = request.send();
            stranger = "";
            for (String right : List.of(KNOWN, call.right())) {
                allowed.add(right);
                denied.remove(right);
            }
            return answer;
        } catch (KubernetesClientException e) {
            if (Thread.interrupted()) { // the client has set it again; all else that is called so is a time-out
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
            if (e.getCode() == 429) {
                bucket.pause(
                        ApiErrors.retryAfterSeconds(e).map(Duration::ofSeconds).orElse(TOO_MANY));
            }
            throw translate(call, e);
        } catch (RejectedExecutionException e) {
            throw new ClusterException(ClusterException.Kind.PASSING, "The client of the cluster is closed.", e);
        }
    }

    /** What is said of a caller whom the server did not get to know again; empty where it knows it. */
    String stranger() {
        return stranger;
    }

    private ClusterException translate(ApiCall call, KubernetesClientException e) {
        ClusterException translated = errors.of(call, e);
        if (!ApiErrors.isDenial(e)) {
            return translated;
        }
        String right = ApiErrors.isUnknown(e) ? KNOWN : call.right();
        boolean doubtful = allowed.contains(right)
                && nanos.getAsLong() - denied.computeIfAbsent(right, first -> nanos.getAsLong()) < DOUBT.toNanos();
        if (!doubtful && right.equals(KNOWN)) {
            stranger = translated.getMessage();
        }
        return doubtful ? new ClusterException(ClusterException.Kind.PASSING, translated.getMessage(), e) : translated;
    }
}
