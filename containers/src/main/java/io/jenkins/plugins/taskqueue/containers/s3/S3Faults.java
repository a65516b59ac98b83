package io.jenkins.plugins.taskqueue.containers.s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A sentence for whatever a store answers in place of what it was asked for. The codes are of the Amazon S3 API Reference,
 * "Error responses".
 *
 * @param location what was asked for
 * @param store what the store is called
 * @param rights what the credentials must allow
 * @param patience how long an answer was awaited
 */
public record S3Faults(S3Location location, String store, String rights, Duration patience) {

    /**
     * What happened, to what, and what to do.
     *
     * @throws InterruptedException if the thread was told to stop meanwhile
     */
    public String sentence(SdkException e) throws InterruptedException {
        if (e instanceof S3Exception answered) {
            var code = answered.awsErrorDetails() == null
                    ? null
                    : answered.awsErrorDetails().errorCode();
            return sentence(answered.statusCode(), code == null ? "" : code, answered);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return fact(e);
    }

    /** An answer that neither ends a listing nor says how it goes on. */
    public String noListing() {
        return store + " gave an answer that is no listing of an S3 store's: check the endpoint.";
    }

    private String sentence(int status, String code, S3Exception e) {
        return switch (code) {
            case "NoSuchBucket" ->
                "There is no bucket \"" + location.bucket() + "\" in " + store
                        + ": check its name, the endpoint and the region.";
            // The last is that of the Versity S3 Gateway.
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "TokenRefreshRequired",
                    "XAdminUserNotFound" ->
                store + " does not accept the credentials (" + code
                        + "): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.";
            case "NoSuchKey" -> "There is no object " + location + " in " + store + ".";
            case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" ->
                location + " did not reach " + store + " with its checksum (" + code
                        + "): it was changed meanwhile, or damaged on its way.";
            case "ExpiredToken" -> "The credentials for " + store + " have expired: renew them.";
            case "RequestTimeTooSkewed" ->
                "The clock here differs from the one of " + store + " by more than 15 minutes: set it.";
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                "The bucket \"" + location.bucket() + "\" is in another region of " + store + ": give it by --region.";
            case "SlowDown", "ServiceUnavailable" -> store + " has too much to do (" + code + "): it is asked again.";
            default -> bare(status, code, e);
        };
    }

    /** An answer to HEAD has no code, and other stores have codes of their own. */
    private String bare(int status, String code, S3Exception e) {
        if (status == 403 || status == 401) {
            return store + " denies access to " + location + (code.isEmpty() ? "" : " (" + code + ")")
                    + ": the credentials need " + rights + ".";
        }
        var message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        return store + " answered " + status + " for " + location
                + (code.isEmpty() ? "" : " (" + code + (message == null ? "" : ": " + message) + ")")
                + ": check the endpoint, and see the store's log.";
    }

    private String fact(SdkException e) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return late();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "Nobody knows the host \"" + cause.getMessage() + "\" of " + store
                        + ": check the endpoint and the region.";
            } else if (cause instanceof SocketTimeoutException) {
                return late();
            } else if (cause instanceof ConnectException) {
                return store + " refused the connection: start it, or check the endpoint's port.";
            } else if (cause instanceof SSLException) {
                return store + " can't be trusted (" + cause.getMessage() + "): check its certificate.";
            }
        }
        // The SDK has no type of its own for this.
        if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "There are no credentials for " + store
                    + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --anonymous for a public bucket.";
        }
        return store + " gave no answer of an S3 store's (" + e.getMessage() + "): check the endpoint.";
    }

    private String late() {
        return store + " did not answer within " + patience.toSeconds() + " s: see what keeps it, and the way to it.";
    }
}
