package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short forms of the worker's settings. Each method throws an IllegalArgumentException with a sentence. */
final class WorkerArguments {
    private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
    private static final Pattern REFERENCE = Pattern.compile("([^=]+)=([^=/]+)/([^=/]+)");

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

    private static Matcher match(Pattern pattern, String option, String text, String shape) {
        Matcher form = pattern.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(option + " \"" + text + "\" can't be read: give " + shape + ".");
        }
        return form;
    }
}
