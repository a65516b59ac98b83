package io.jenkins.plugins.taskqueue.engine.worker;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A volume that the worker mounts.
 *
 * @param kind where it comes from
 * @param source name of the claim, Secret or ConfigMap, or the host's path; empty for EMPTY_DIR
 * @param mountPath absolute path in the worker's container
 * @param readOnly whether the worker may only read it
 */
public record Volume(Kind kind, String source, String mountPath, boolean readOnly) {
    private static final Pattern FORM = Pattern.compile("(?:(pvc|secret|configmap|host):([^:]+)|empty):(/[^:]*)(:ro)?");
    private static final Map<String, Kind> KINDS = Map.of(
            "pvc", Kind.PERSISTENT_VOLUME_CLAIM,
            "secret", Kind.SECRET,
            "configmap", Kind.CONFIG_MAP,
            "host", Kind.HOST_PATH);

    /**
     * Reads its short form.
     *
     * @param setting what the user calls it, for sentences
     * @throws IllegalArgumentException with a sentence
     */
    public static Volume parse(String setting, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(setting + " \"" + text
                    + "\" can't be read: give KIND:SOURCE:PATH[:ro] with pvc, secret, configmap or host as KIND and an"
                    + " absolute PATH, or empty:PATH.");
        }
        boolean readOnly = form.group(4) != null;
        return form.group(1) == null
                ? new Volume(Kind.EMPTY_DIR, "", form.group(3), readOnly)
                : new Volume(KINDS.get(form.group(1)), form.group(2), form.group(3), readOnly);
    }

    /** Where a volume comes from. */
    public enum Kind {
        PERSISTENT_VOLUME_CLAIM,
        SECRET,
        CONFIG_MAP,
        HOST_PATH,
        EMPTY_DIR
    }
}
