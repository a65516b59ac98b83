package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Denial;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiGateTest {
    private static final ApiCall CALL = new ApiCall("create", "pods", "tq-a-1-0-0");
    private static final String DENIED = "pods is forbidden: User \"system:serviceaccount:x:y\" cannot create resource"
            + " \"pods\" in API group \"\" in the namespace \"jobs\"";

    private final AtomicLong nanos = new AtomicLong();
    private final ApiGate gate = new ApiGate(ApiLimits.DEFAULT, "jobs", nanos::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | pods \"p\" not found | GONE",
                "404 | namespaces \"jobs\" not found | FATAL",
                "409 | pods \"p\" already exists | CONFLICT",
                "409 | Operation cannot be fulfilled on resourcequotas \"q\": the object has been modified | PASSING",
                "403 | pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5 | QUOTA",
                "403 | pods \"p\" is forbidden: unable to create new content in namespace jobs because it is being terminated | REFUSED",
                "403 | pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\" | REFUSED",
                "401 | Unauthorized | FATAL",
                "400 | strict decoding error: unknown field \"spec.x\" | REFUSED",
                "413 | too large | REFUSED",
                "422 | Pod \"p\" is invalid: spec.x: Required value | REFUSED",
                "429 | too many requests | PASSING",
                "500 | internal error | PASSING",
                "503 | unavailable | PASSING",
                "504 | timeout | PASSING",
            })
    void refusalTellsWhatToDo(int code, String message, Kind kind) {
        assertThat(refused(code, message).kind()).isEqualTo(kind);
    }

    @Test
    void namespaceThatIsBeingDeletedIsKnownByItsCauseAndNotByWords() {
        var status = new StatusBuilder()
                .withCode(403)
                .withMessage("pods \"p\" is forbidden: because it is being terminated")
                .withNewDetails()
                .addNewCause("metadata.namespace", "namespace jobs is being terminated", "NamespaceTerminating")
                .endDetails()
                .build();

        assertThat(refused(new KubernetesClientException(status)))
                .hasMessage("The namespace jobs is being deleted, and everything of the queue with it. Start"
                        + " the queue again when it is there anew, or in another one.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LEAVING));
    }

    @Test
    void missingRightIsNamedWithVerbResourceAndUser() {
        assertThat(refused(403, DENIED))
                .hasMessage(
                        "The API server refuses to create pods in namespace jobs for user system:serviceaccount:x:y:"
                                + " give it the right \"create pods\", see containers/deploy/role.yaml.");
    }

    @Test
    void wrongFieldIsNamed() {
        assertThat(refused(422, "Pod \"p\" is invalid: spec.containers[0].image: Required value"))
                .hasMessageContaining("create pods tq-a-1-0-0")
                .hasMessageContaining("spec.containers[0].image");
    }

    @Test
    void lostConnectionPasses() {
        var lost = new KubernetesClientException("Operation failed", new IOException("Connection refused"));

        assertThatThrownBy(() -> gate.read(CALL, () -> {
                    throw lost;
                }))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PASSING))
                .hasMessageContaining("Connection refused");
    }

    @Test
    void interruptPassesThrough() {
        Thread.currentThread().interrupt();
        var interrupted = new KubernetesClientException("failed", new InterruptedIOException());

        assertThatThrownBy(() -> gate.read(CALL, () -> {
                    throw interrupted;
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void timeOutIsNoInterruptThoughClientsCallItSo() {
        var late = new KubernetesClientException("failed", new SocketTimeoutException("timeout"));

        assertThatThrownBy(() -> gate.read(CALL, () -> {
                    throw late;
                }))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PASSING))
                .hasMessageContaining("timeout");
    }

    @Test
    void rightThatWasThereIsDoubtedForAWhileBeforeItsLossIsBelieved() throws Exception {
        gate.read(CALL, () -> "allowed");

        assertThat(refused(403, DENIED).kind()).isEqualTo(Kind.PASSING);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(refused(403, DENIED).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void callerWhoWasKnownIsDoubtedForAWhileWhateverItAsksFor() throws Exception {
        gate.read(new ApiCall("list", "pods", ""), () -> "done");
        assertThat(refused(401, "Unauthorized").kind()).isEqualTo(Kind.PASSING);
        assertThat(gate.denial().believed()).isFalse();
        refusedForAMinute(CALL, refusal(401, "Unauthorized"));

        assertThat(refused(401, "Unauthorized"))
                .hasMessage("The API server does not know who asks to create pods tq-a-1-0-0 in namespace jobs (401"
                        + " Unauthorized). Its credentials are wrong or have ended: give it new ones.")
                .extracting(ClusterException::kind)
                .isEqualTo(Kind.FATAL);
        assertThat(gate.denial().believed()).isTrue();
        assertThat(gate.denial().sentence()).startsWith("The API server does not know who asks");
        gate.read(CALL, () -> "done");
        assertThat(gate.denial()).isEqualTo(Denial.NONE);
    }

    @ParameterizedTest
    @CsvSource({"list,pods", "watch,configmaps", "watch,jobs", "update,leases", "create,leases"})
    void whatAllElseDependsOnIsToldAtOnceAndBelievedAfterAMinute(String verb, String resource) throws Exception {
        var call = new ApiCall(verb, resource, "");
        gate.read(call, () -> "allowed");
        assertThat(gate.denial()).isEqualTo(Denial.NONE);

        refused(call, denial(verb, resource));
        assertThat(gate.denial().believed()).isFalse();
        assertThat(gate.denial().sentence())
                .contains("\"" + verb + " " + resource + "\"")
                .endsWith(" If that lasts for a minute, the queue ends.");
        refusedForAMinute(call, refusal(403, denial(verb, resource)));
        assertThat(gate.denial().believed()).isTrue();
        assertThat(gate.denial().sentence()).contains("so the queue ends", Keys.FINALIZER);
        gate.read(call, () -> "allowed again");
        assertThat(gate.denial()).isEqualTo(Denial.NONE);
    }

    @Test
    void ofAllThatIsRefusedTheOldestIsTold() throws Exception {
        for (String resource : List.of("pods", "jobs", "configmaps")) {
            refused(new ApiCall("list", resource, ""), denial("list", resource));
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        }

        assertThat(gate.denial().sentence()).contains("list pods");
        gate.read(new ApiCall("list", "pods", ""), () -> "allowed");
        assertThat(gate.denial().sentence()).contains("list jobs");
    }

    /** As where another process' Lease was looked for once, while the API server had not read the roles yet. */
    @Test
    void whatIsAskedForNoMoreEndsNoQueue() {
        var call = new ApiCall("get", "leases", "");
        refused(call, denial("get", "leases"));
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(gate.denial()).isEqualTo(Denial.NONE);

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        refused(call, denial("get", "leases"));
        assertThat(gate.denial().believed()).isFalse();
    }

    /** It is asked for all the time, as watches and the Lease are. */
    private void refusedForAMinute(ApiCall call, KubernetesClientException refusal) {
        refused(call, refusal);
        for (int second = 0; second < Denial.BOUND.toSeconds(); second += 4) {
            assertThat(gate.denial().believed()).isFalse();
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());
            refused(call, refusal);
        }
    }

    @Test
    void readingIsRefusedByWhoeverStandsInBetweenToo() {
        refused(new ApiCall("list", "pods", ""), "nobody passes this proxy");

        assertThat(gate.denial().sentence()).contains("nobody passes this proxy");
    }

    @Test
    void rightWithoutWhichAQueueWorksIsNoReasonToEndIt() {
        refused(403, DENIED);
        refused(new ApiCall("list", "events", ""), denial("list", "events"));
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(gate.denial()).isEqualTo(Denial.NONE);
    }

    private static String denial(String verb, String resource) {
        return DENIED.replace("create resource", verb + " resource").replace("\"pods\"", "\"" + resource + "\"");
    }

    @Test
    void callerWhoHasNothingToSayIsToldWhyAndDoubtedLikeOneWhoIsNotKnown() throws Exception {
        var nothing = new CredentialsException("The plugin failed.", null);
        assertThatThrownBy(() -> gate.read(CALL, () -> {
                    throw nothing;
                }))
                .hasMessage("The plugin failed.")
                .extracting(e -> ((ClusterException) e).kind())
                .isEqualTo(Kind.FATAL);
        gate.read(new ApiCall("list", "pods", ""), () -> "done");

        assertThatThrownBy(() -> gate.read(CALL, () -> {
                    throw nothing;
                }))
                .extracting(e -> ((ClusterException) e).kind())
                .isEqualTo(Kind.PASSING);
    }

    @Test
    void rightThatCameBackIsDoubtedAnew() throws Exception {
        gate.read(CALL, () -> "allowed");
        refused(403, DENIED);
        gate.read(CALL, () -> "allowed");
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThat(refused(403, DENIED).kind()).isEqualTo(Kind.PASSING);
    }

    @Test
    void bucketLetsABurstThroughAndThenKeepsTheRate() {
        var bucket = new TokenBucket(10, 3, nanos::get);

        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(Duration.ofNanos(bucket.take())).isEqualTo(Duration.ofMillis(100));
        assertThat(Duration.ofNanos(bucket.take())).isEqualTo(Duration.ofMillis(200));
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void pausedBucketLetsNobodyThrough() {
        var bucket = new TokenBucket(10, 3, nanos::get);
        bucket.pause(Duration.ofSeconds(5));

        assertThat(Duration.ofNanos(bucket.take())).isEqualTo(Duration.ofSeconds(5));
    }

    private ClusterException refused(int code, String message) {
        return refused(refusal(code, message));
    }

    private static KubernetesClientException refusal(int code, String message) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage(message).build());
    }

    private ClusterException refused(KubernetesClientException refusal) {
        return refused(CALL, refusal);
    }

    private ClusterException refused(ApiCall call, String message) {
        return refused(call, refusal(403, message));
    }

    private ClusterException refused(ApiCall call, KubernetesClientException refusal) {
        return catchThrowableOfType(
                ClusterException.class,
                () -> gate.read(call, () -> {
                    throw refusal;
                }));
    }
}
