package io.jenkins.plugins.taskqueue.containers;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the jar; a run from class files has none. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"Task Queue " + (version == null ? "(development)" : version)};
    }
}
