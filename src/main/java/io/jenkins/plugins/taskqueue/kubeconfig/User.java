package io.jenkins.plugins.taskqueue.kubeconfig;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a kubeconfig's user. Whatever it says of who asks is honoured, or refused with a reason. */
final class User {
    private static final String LEGAL_IN_A_HEADER = "!#$%&'*+-.^_`|~";

    private final String title;
    private final Section user;

    private User(String title, Section user) {
        this.title = title;
        this.user = user;
    }

    /** @param title whose it is, for sentences */
    static Caller caller(String title, Section user, Server server) {
        return new User(title, user).caller(server);
    }

    private Caller caller(Server server) {
        if (user.raw("auth-provider") != null) {
            throw user.fault(
                    "has an auth-provider, which kubectl no longer knows either: use a credential plugin (exec)");
        }
        var token = new StoredCredential.Text(text("token"), user.path("tokenFile"));
        var certificate = stored("client-certificate");
        var key = stored("client-key");
        Optional<String> name = user.text("username");
        Optional<String> password = user.text("password");
        Optional<Section> exec = user.section("exec");

        List<String> ways = new ArrayList<>();
        if (token.isThere()) {
            ways.add("token");
        }
        name.or(() -> password).ifPresent(it -> ways.add("username"));
        exec.ifPresent(it -> ways.add("exec"));
        if (exec.isPresent() && certificate.isThere()) {
            ways.add("client-certificate");
        }
        if (ways.size() > 1) {
            throw user.fault("says who asks in more than one way (" + String.join(", ", ways) + "): leave one of them");
        }
        if (certificate.isThere() != key.isThere()) {
            throw user.fault("has a client-certificate without its client-key, or the other way round");
        }
        List<Caller.Header> inTheNameOf = inTheNameOf();
        Credential.Giver giver = exec.isPresent()
                ? PluginCall.plugin(title, exec.get(), server)
                : new StoredCredential(
                        title,
                        ways.contains("username") ? Credential.basic(name.orElse(""), password.orElse("")) : null,
                        token,
                        certificate,
                        key,
                        System::nanoTime);
        user.ignore("extensions");
        user.refuseTheRest();
        return new Caller(giver, inTheNameOf);
    }

    private Optional<byte[]> text(String key) {
        return user.text(key).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands in the kubeconfig counts before a file. */
    private StoredCredential.Text stored(String key) {
        Optional<byte[]> data = user.text(key + "-data").map(base64 -> Server.decoded(user, base64));
        var file = user.path(key);
        return new StoredCredential.Text(data, data.isPresent() ? Optional.empty() : file);
    }

    private List<Caller.Header> inTheNameOf() {
        List<Caller.Header> headers = new ArrayList<>();
        Optional<String> as = user.text("as");
        as.ifPresent(name -> headers.add(header("User", name)));
        user.text("as-uid").ifPresent(uid -> headers.add(header("Uid", uid)));
        user.texts("as-groups").forEach(group -> headers.add(header("Group", group)));
        for (Map.Entry<String, List<String>> extra :
                user.textsByName("as-user-extra").entrySet()) {
            extra.getValue().forEach(value -> headers.add(header("Extra-" + escaped(extra.getKey()), value)));
        }
        if (as.isEmpty() && !headers.isEmpty()) {
            throw user.fault("says as-uid, as-groups or as-user-extra without as, whose they are");
        }
        return headers;
    }

    private Caller.Header header(String name, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw user.fault("asks in the name of \"" + value + "\", which an HTTP header can't say");
        }
        return new Caller.Header("Impersonate-" + name, value);
    }

    /** As client-go writes the names of what is extra. */
    private static String escaped(String name) {
        var out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && Character.isLetterOrDigit(c) || c != '%' && LEGAL_IN_A_HEADER.indexOf(c) >= 0;
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }
}
