package io.jenkins.plugins.taskqueue.containers.http;

import io.jenkins.plugins.taskqueue.engine.kubernetes.AmbassadorPod;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps other sites' pages away, which a browser inside the network would let in, and strangers where there is a token.
 *
 * @param loopback whether the server is for this machine alone
 * @param hosts names that it may be called by beside its addresses, in small letters
 * @param token what a client has to send; empty for nothing
 */
public record Guard(boolean loopback, Set<String> hosts, String token) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** Nobody outside can give such a name our address: an address itself, a name without a dot, and a cluster's own. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]|[a-z0-9_-]+|[a-z0-9._-]+\\.(svc|cluster\\.local)");

    /** Why a request is not looked at any further. */
    public record Refusal(int status, String sentence) {}

    public Guard {
        hosts = hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "The token has spaces, line breaks or characters that are not ASCII: give the bare token.");
        }
    }

    public static Guard of(InetSocketAddress address, List<String> hosts, String token) {
        boolean loopback = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        return new Guard(loopback, Set.copyOf(hosts), token);
    }

    /** Whether the request is refused. Probes are let in without a token. */
    public Optional<Refusal> refuse(Request request) {
        String host = request.header("Host") == null ? "" : request.header("Host");
        boolean authorized = !token.isEmpty() && carriesToken(request);
        // A foreign site may give its own name our address (DNS rebinding), and then its script reads what we answer.
        // The browser still says that site's name here.
        if (!authorized && !isKnown(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT))) {
            return refusal(
                    421,
                    loopback
                            ? "This server is for this machine alone: call it localhost or 127.0.0.1, or start it with"
                                    + " --host to let others in."
                            : "This server does not know the name that it was called by: call it by its address, or"
                                    + " start it with --allow-host and that name.");
        }
        String origin = request.header("Origin");
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
            return refusal(403, "Pages of other sites are not answered.");
        }
        if (!token.isEmpty()
                && !authorized
                && !request.probes()
                && !request.path().equals("/metrics")) {
            return refusal(
                    401,
                    "This server wants its token, as Authorization: Bearer or as the header "
                            + AmbassadorPod.TOKEN_HEADER + ".");
        }
        return Optional.empty();
    }

    /** Whether it says that it is JSON, which a form of another site can't send without being asked first. */
    public static boolean isJson(Request request) {
        String type = request.header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
    }

    private boolean isKnown(String name) {
        return LOOPBACK.matcher(name).matches()
                || hosts.contains(name)
                || !loopback && INSIDE.matcher(name).matches();
    }

    private boolean carriesToken(Request request) {
        String bearer = request.header("Authorization");
        return equal(request.header(AmbassadorPod.TOKEN_HEADER))
                || bearer != null && equal(bearer.replaceFirst("(?i)^bearer +", ""));
    }

    private boolean equal(String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Refusal> refusal(int status, String sentence) {
        return Optional.of(new Refusal(status, sentence));
    }
}
