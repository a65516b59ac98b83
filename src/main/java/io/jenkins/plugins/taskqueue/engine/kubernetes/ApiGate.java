package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Denial;
import java.time.Duration;
import java.util.Comparator;
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
    private final Map<String, Denied> denied = new ConcurrentHashMap<>();

    /**
     * @param last when it was refused last: what nobody asks for any more holds up nobody
     * @param vital whether all else depends on it
     */
    private record Denied(long since, long last, String sentence, boolean vital) {

        Denied again(long now) {
            return vital && now - last > DOUBT.toNanos()
                    ? new Denied(now, now, sentence, true)
                    : new Denied(since, now, sentence, vital);
        }

        boolean isBelieved() {
            return last - since >= Denial.BOUND.toNanos();
        }

        /** Who may not even read can't tell the end of a namespace from the loss of a right. */
        Denial denial() {
            String end = isBelieved()
                    ? " That has lasted for a minute, so the queue ends: start it again once that is repaired. If the"
                            + " namespace is being deleted and stays, take the finalizer " + Keys.FINALIZER
                            + " from its pods."
                    : " If that lasts for a minute, the queue ends.";
            return new Denial(sentence + end, isBelieved());
        }
    }

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
            allowed(call);
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
            throw new ClusterException(Kind.PASSING, "The client of the cluster is closed.", e);
        }
    }

    /** The server agrees to that call, though its answer may take long. */
    void allowed(ApiCall call) {
        for (String right : List.of(KNOWN, call.right())) {
            allowed.add(right);
            denied.remove(right);
        }
    }

    /** What has been refused for the longest time of what all else depends on. */
    Denial denial() {
        long now = nanos.getAsLong();
        return denied.values().stream()
                .filter(one -> one.vital() && now - one.last() <= DOUBT.toNanos())
                .max(Comparator.comparingLong(one -> now - one.since()))
                .map(Denied::denial)
                .orElse(Denial.NONE);
    }

    private ClusterException translate(ApiCall call, KubernetesClientException e) {
        ClusterException translated = errors.of(call, e);
        boolean unknown = ApiErrors.isUnknown(e);
        boolean vital = unknown || call.isVital() && e.getCode() == 403 && translated.kind() == Kind.REFUSED;
        if (!vital && !ApiErrors.isDenial(e)) {
            return translated;
        }
        if (!unknown) {
            denied.remove(KNOWN);
        }
        String right = unknown ? KNOWN : call.right();
        long now = nanos.getAsLong();
        Denied denial = denied.compute(
                right,
                (same, before) ->
                        before == null ? new Denied(now, now, translated.getMessage(), vital) : before.again(now));
        Duration doubt = vital ? Denial.BOUND : DOUBT;
        boolean doubtful = allowed.contains(right) && now - denial.since() < doubt.toNanos();
        return doubtful ? new ClusterException(Kind.PASSING, translated.getMessage(), e) : translated;
    }
}
