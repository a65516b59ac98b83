package io.jenkins.plugins.taskqueue.engine.worker;

/**
 * A volume that the worker mounts.
 *
 * @param kind where it comes from
 * @param source name of the claim, Secret or ConfigMap, or the host's path; empty for EMPTY_DIR
 * @param mountPath absolute path in the worker's container
 * @param readOnly whether the worker may only read it
 */
public record Volume(Kind kind, String source, String mountPath, boolean readOnly) {

    /** Where a volume comes from. */
    public enum Kind {
        PERSISTENT_VOLUME_CLAIM,
        SECRET,
        CONFIG_MAP,
        HOST_PATH,
        EMPTY_DIR
    }
}
