package io.jenkins.plugins.taskqueue.engine.worker;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A taint that the worker's pods tolerate.
 *
 * @param key the taint's key; empty matches every key
 * @param value the taint's value; null: any value (operator {@code Exists})
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; empty matches every effect
 */
public record Toleration(String key, String value, String effect) {
    private static final Pattern FORM = Pattern.compile("([^=:]*)(?:=([^=:]*))?(?::([A-Za-z]+))?");
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    /**
     * Reads its short form.
     *
     * @param setting what the user calls it, for sentences
     * @throws IllegalArgumentException with a sentence
     */
    public static Toleration parse(String setting, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(setting + " \"" + text
                    + "\" can't be read: give KEY[=VALUE][:EFFECT], such as gpu=true:NoSchedule.");
        }
        String effect = form.group(3) == null ? "" : form.group(3);
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            throw new IllegalArgumentException(setting + " " + text + ": \"" + effect
                    + "\" is no effect of a taint: give NoSchedule, PreferNoSchedule or NoExecute.");
        }
        return new Toleration(form.group(1), form.group(2), effect);
    }
}
