package io.jenkins.plugins.taskqueue.engine.worker;

/**
 * One environment variable of the worker.
 *
 * @param name the variable
 * @param from where its value comes from
 * @param value the literal value; passed unexpanded
 * @param object name of the Secret or ConfigMap; null for a literal
 * @param key the key in it; null for a literal
 */
public record EnvVar(String name, From from, String value, String object, String key) {

    /** Where a value comes from. */
    public enum From {
        LITERAL,
        SECRET,
        CONFIG_MAP
    }

    public static EnvVar literal(String name, String value) {
        return new EnvVar(name, From.LITERAL, value, null, null);
    }

    public static EnvVar secret(String name, String secret, String key) {
        return new EnvVar(name, From.SECRET, null, secret, key);
    }

    public static EnvVar configMap(String name, String configMap, String key) {
        return new EnvVar(name, From.CONFIG_MAP, null, configMap, key);
    }
}
