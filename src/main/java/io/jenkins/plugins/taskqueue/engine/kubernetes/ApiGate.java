package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What every call to the API server passes through: writes are limited, errors become sentences. Any thread. */
final class ApiGate {
    /**
     * How long a right that was there may be missing: an API server that has just started denies everything until it has
     * read the roles.
     */
    private static final Duration DOUBT = Duration.ofSeconds(30);

    private static final Duration TOO_MANY = Duration.ofSeconds(1);

    private final Semaphore concurrent;
    private final TokenBucket bucket;
    private final ApiErrors errors;
    private final LongSupplier nanos;
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> denied = new ConcurrentHashMap<>();

    /** @param nanos a monotonic clock */
    ApiGate(ApiLimits limits, String namespace, LongSupplier nanos) {
        concurrent = new Semaphore(limits.concurrent(), true);
        bucket = new TokenBucket(limits.perSecond(), limits.burst(), nanos);
        errors = new ApiErrors(namespace);
        this.nanos = nanos;
    }

    <T> T write(ApiCall call, Supplier<T> request) throws ClusterException, InterruptedException {
        concurrent.acquire();
        try {
            long wait = bucket.take();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            return read(call, request);
        } finally {
            concurrent.release();
        }
    }

    <T> T read(ApiCall call, Supplier<T> request) throws ClusterException, InterruptedException {
        try {
            T answer = request.get();
            allowed.add(call.right());
            denied.remove(call.right());
            return answer;
        } catch (KubernetesClientException e) {
            if (ApiErrors.isInterrupt(e)) {
                Thread.interrupted(); // the client has set it again
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

    private ClusterException translate(ApiCall call, KubernetesClientException e) {
        ClusterException translated = errors.of(call, e);
        if (!ApiErrors.isDenial(e)) {
            return translated;
        }
        boolean doubtful = allowed.contains(call.right())
                && nanos.getAsLong() - denied.computeIfAbsent(call.right(), right -> nanos.getAsLong())
                        < DOUBT.toNanos();
        return doubtful ? new ClusterException(ClusterException.Kind.PASSING, translated.getMessage(), e) : translated;
    }
}
