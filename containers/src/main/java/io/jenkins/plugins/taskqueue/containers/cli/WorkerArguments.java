package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.Volume.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short forms of the worker's settings. Each method throws an IllegalArgumentException with a sentence. */
final class WorkerArguments {
    private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("([^=]+)=([^=/]+)/([^=/]+)");
    private static final Pattern TOLERATION = Pattern.compile("([^=:]*)(?:=([^=:]*))?(?::([A-Za-z]+))?");
    private static final Pattern VOLUME =
            Pattern.compile("(?:(pvc|secret|configmap|host):([^:]+)|empty):(/[^:]*)(:ro)?");
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final Map<String, Kind> KINDS = Map.of(
            "pvc", Kind.PERSISTENT_VOLUME_CLAIM,
            "secret", Kind.SECRET,
            "configmap", Kind.CONFIG_MAP,
            "host", Kind.HOST_PATH);

    private WorkerArguments() {}

    static EnvVar literal(String text) {
        Matcher form = match(PAIR, "--env", text, "NAME=VALUE, such as SIZE=large");
        return EnvVar.literal(form.group(1), form.group(2));
    }

    static EnvVar secret(String text) {
        Matcher form = match(REFERENCE, "--env-from-secret", text, "NAME=SECRET/KEY, such as PASSWORD=store/password");
        return EnvVar.secret(form.group(1), form.group(2), form.group(3));
    }

    static EnvVar configMap(String text) {
        Matcher form = match(REFERENCE, "--env-from-configmap", text, "NAME=CONFIGMAP/KEY, such as MODE=settings/mode");
        return EnvVar.configMap(form.group(1), form.group(2), form.group(3));
    }

    static Map<String, String> pairs(String option, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            Matcher form = match(PAIR, option, text, "NAME=VALUE");
            if (pairs.put(form.group(1), form.group(2)) != null) {
                throw new IllegalArgumentException(option + " gives " + form.group(1) + " twice: give it once.");
            }
        }
        return pairs;
    }

    static Toleration toleration(String text) {
        String shape = "KEY[=VALUE][:EFFECT], such as gpu=true:NoSchedule";
        Matcher form = match(TOLERATION, "--toleration", text, shape);
        String effect = form.group(3) == null ? "" : form.group(3);
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            throw new IllegalArgumentException("--toleration " + text + ": \"" + effect
                    + "\" is no effect of a taint: give NoSchedule, PreferNoSchedule or NoExecute.");
        }
        return new Toleration(form.group(1), form.group(2), effect);
    }

    static Volume volume(String text) {
        String shape = "KIND:SOURCE:PATH[:ro] with pvc, secret, configmap or host as KIND and an absolute PATH,"
                + " or empty:PATH";
        Matcher form = match(VOLUME, "--volume", text, shape);
        boolean readOnly = form.group(4) != null;
        return form.group(1) == null
                ? new Volume(Kind.EMPTY_DIR, "", form.group(3), readOnly)
                : new Volume(KINDS.get(form.group(1)), form.group(2), form.group(3), readOnly);
    }

    private static Matcher match(Pattern pattern, String option, String text, String shape) {
        Matcher form = pattern.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(option + " \"" + text + "\" can't be read: give " + shape + ".");
        }
        return form;
    }
}
