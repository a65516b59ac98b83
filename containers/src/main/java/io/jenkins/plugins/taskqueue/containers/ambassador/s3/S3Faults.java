package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A sentence for whatever a store answers in place of items. The codes are of the Amazon S3 API Reference, "Error responses". */
record S3Faults(S3Location location, String store) {

    /** The store answered, with an error. */
    ItemsException refusal(S3Exception e) {
        var code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return ItemsException.unavailable(sentence(e.statusCode(), code == null ? "" : code, e), e);
    }

    /** The store did not answer, or was not asked at all. */
    ItemsException failure(SdkException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return ItemsException.unavailable(fact(e), e);
    }

    /** An answer that neither ends the listing nor says how it goes on. */
    ItemsException incomplete() {
        return ItemsException.unavailable(
                store + " gave an answer that is no listing of an S3 store's: check the endpoint.", null);
    }

    private String sentence(int status, String code, S3Exception e) {
        return switch (code) {
            case "NoSuchBucket" ->
                "There is no bucket \"" + location.bucket() + "\" in " + store
                        + ": check its name, the endpoint and the region.";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "TokenRefreshRequired" ->
                store + " does not accept the credentials (" + code
                        + "): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.";
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
                    + ": the credentials need s3:ListBucket on the bucket and s3:GetObject on its objects.";
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
        return store + " did not answer within " + S3Options.LONGEST_CALL.toSeconds()
                + " s: see what keeps it, and the way to it.";
    }
}
