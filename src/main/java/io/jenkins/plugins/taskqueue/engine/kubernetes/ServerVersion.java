package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.VersionInfo;

/** Which API servers will do: those that leave a Job alone that has {@code spec.managedBy} (KEP-4368). */
public final class ServerVersion {
    /** The first that does it without being asked to. */
    public static final String NEEDED = "1.32";

    private static final int MINOR = 32;

    private ServerVersion() {}

    /** A version that can't be read is not too old. */
    public static boolean isTooOld(VersionInfo version) {
        String minor = version == null || version.getMinor() == null
                ? ""
                : version.getMinor().replaceAll("\\D.*", "");
        return !minor.isEmpty() && "1".equals(version.getMajor()) && Integer.parseInt(minor) < MINOR;
    }
}
