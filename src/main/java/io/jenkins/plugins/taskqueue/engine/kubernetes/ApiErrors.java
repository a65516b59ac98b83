package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of the API server's refusals what the caller can do about them, with a sentence for the user. */
record ApiErrors(String namespace) {
    static final Pattern MISSING_RIGHT =
            Pattern.compile("User \"([^\"]+)\" cannot (\\S+) resource \"([^\"]+)\" in API group \"([^\"]*)\"");

    ClusterException of(ApiCall call, KubernetesClientException e) {
        String message = message(e);
        if (e instanceof CredentialsException) {
            return new ClusterException(Kind.FATAL, message, e);
        }
        return switch (e.getCode()) {
            case 401 ->
                new ClusterException(
                        Kind.FATAL,
                        "The API server does not know who asks to " + call + " in namespace " + namespace + " (401 "
                                + message + "). Its credentials are wrong or have ended: give it new ones.",
                        e);
            case 403 -> forbidden(call, message, e);
            case 404 ->
                message.startsWith("namespaces ")
                        ? new ClusterException(
                                Kind.FATAL,
                                "There is no namespace " + namespace + ": create it, or give another one.",
                                e)
                        : new ClusterException(Kind.GONE, "Cannot " + call + ": " + message, e);
            // Two pods that count against one quota at the same moment
            case 409 ->
                message.contains("resourcequotas")
                        ? new ClusterException(Kind.PASSING, "Cannot " + call + " for now: " + message, e)
                        : new ClusterException(Kind.CONFLICT, "Cannot " + call + ": " + message, e);
            case 400, 405, 413, 415, 422 ->
                refused(
                        "The API server refuses to " + call + " in namespace " + namespace + ": " + message + "."
                                + (call.verb().equals("create")
                                        ? " Correct that in the worker's settings or its pod YAML."
                                        : ""),
                        e);
            default ->
                new ClusterException(
                        Kind.PASSING, "The API server cannot " + call + " for now: " + passing(e, message), e);
        };
    }

    private ClusterException forbidden(ApiCall call, String message, KubernetesClientException e) {
        if (message.contains("exceeded quota")) {
            return new ClusterException(Kind.QUOTA, message, e);
        }
        if (isLeaving(e)) {
            return new ClusterException(
                    Kind.LEAVING,
                    "The namespace " + namespace + " is being deleted, and everything of the queue with it. Start the"
                            + " queue again when it is there anew, or in another one.",
                    e);
        }
        Matcher right = MISSING_RIGHT.matcher(message);
        if (right.find()) {
            String group = right.group(4).isEmpty() ? "" : " (API group " + right.group(4) + ")";
            return refused(
                    "The API server refuses to " + right.group(2) + " " + right.group(3) + " in namespace " + namespace
                            + " for user " + right.group(1) + ": give it the right \"" + right.group(2) + " "
                            + right.group(3) + "\"" + group + ", see containers/deploy/role.yaml.",
                    e);
        }
        String advice = message.contains("PodSecurity")
                ? " Lower the namespace's Pod Security level, or relax less of the worker's security."
                : "";
        return refused(
                "The API server refuses to " + call + " in namespace " + namespace + ": " + message + "." + advice, e);
    }

    /** Of a namespace that is being deleted nothing comes back: no message alone may say so. */
    private static boolean isLeaving(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(StatusDetails::getCauses).stream()
                .flatMap(List::stream)
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static ClusterException refused(String sentence, Exception cause) {
        return new ClusterException(Kind.REFUSED, sentence, cause);
    }

    /** Whether the caller can't say who it is, or the server does not know it. */
    static boolean isUnknown(KubernetesClientException e) {
        return e instanceof CredentialsException || e.getCode() == 401;
    }

    /** Whether the server says that the caller lacks a right, or does not know the caller. */
    static boolean isDenial(KubernetesClientException e) {
        return isUnknown(e)
                || e.getCode() == 403 && MISSING_RIGHT.matcher(message(e)).find();
    }

    /** How long the server asks to be left alone; empty when it says nothing of it. */
    static Optional<Integer> retryAfterSeconds(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(StatusDetails::getRetryAfterSeconds);
    }

    private static String message(KubernetesClientException e) {
        String message = e.getStatus() == null ? null : e.getStatus().getMessage();
        return Objects.requireNonNullElse(message, Objects.requireNonNullElse(e.getMessage(), ""));
    }

    private static String passing(KubernetesClientException e, String message) {
        if (e.getCode() > 0) {
            return "HTTP " + e.getCode() + " " + message;
        }
        String reason = e.getClass().getSimpleName();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return "no connection to it";
            }
            reason = Objects.requireNonNullElse(
                    cause.getMessage(), cause.getClass().getSimpleName());
        }
        return reason;
    }
}
