package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.PodClaims;
import io.jenkins.plugins.taskqueue.engine.kubernetes.UserPod;
import jenkins.util.SetContextClassLoader;

/**
 * What jobs may take of a cluster beside its own namespace: what an administrator has named, and nothing else. All methods
 * throw {@link AbortException} with a sentence.
 */
record Border(ClusterConfig cluster) {

    /** @param own the namespace of queues that name none */
    void requireNamespace(String own, String namespace) throws AbortException {
        if (!namespace.equals(own) && !isNamed(cluster.getNamespaces(), namespace)) {
            throw new AbortException(Messages.Border_namespace(namespace, cluster.getName(), own));
        }
    }

    /** Looks at the whole pod, so that it does not matter which setting says something. */
    void requirePod(QueueSpec spec) throws AbortException {
        boolean hasYaml = !spec.worker().podYaml().isEmpty();
        if (hasYaml && !cluster.isPodYaml()) {
            throw new AbortException(Messages.Border_podYaml(cluster.getName()));
        }
        PodClaims claims = claims(spec);
        if (!claims.hostPaths().isEmpty() && !cluster.isPodYaml()) {
            throw new AbortException(Messages.Border_hostPath(claims.hostPaths().first(), cluster.getName()));
        }
        boolean ordinary = claims.serviceAccount().equals("default") && !claims.token();
        if (!ordinary && !isNamed(cluster.getServiceAccounts(), claims.serviceAccount())) {
            throw new AbortException(
                    claims.token()
                            ? Messages.Border_token(claims.serviceAccount(), cluster.getName())
                            : Messages.Border_serviceAccount(claims.serviceAccount(), cluster.getName()));
        }
        for (String secret : claims.secrets()) {
            if (!isNamed(cluster.getSecrets(), secret)) {
                throw new AbortException(Messages.Border_secret(secret, cluster.getName()));
            }
        }
    }

    private static PodClaims claims(QueueSpec spec) {
        try (SetContextClassLoader kubernetes = new SetContextClassLoader(UserPod.class)) {
            return PodClaims.of(spec);
        }
    }

    /** @param lines names, one on each line, with {@code *} for any part of one; null for none */
    private static boolean isNamed(@CheckForNull String lines, String name) {
        AllowedJobs named = AllowedJobs.of(lines);
        return !named.patterns().isEmpty() && named.allowName(name);
    }
}
