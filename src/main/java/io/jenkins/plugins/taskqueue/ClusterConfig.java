package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A cluster that queues may use, as an administrator configured it. */
public class ClusterConfig extends AbstractDescribableImpl<ClusterConfig> implements Offer {
    private final String name;
    private String serverUrl;
    private String serverCertificate;
    private String credentialsId;
    private String namespace;
    private Integer limit;
    private String jobs;
    private String sharingJobs;
    private String namespaces;
    private String serviceAccounts;
    private String secrets;
    private boolean podYaml;

    @DataBoundConstructor
    public ClusterConfig(String name) {
        this.name = Util.fixNull(name).strip();
    }

    @Override
    public String getName() {
        return name;
    }

    /** The API server's URL; null for the cluster that Jenkins itself runs in, or else that of its kubeconfig. */
    public String getServerUrl() {
        return serverUrl;
    }

    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = Util.fixEmptyAndTrim(serverUrl);
    }

    /** Certificates, as PEM, of who may have signed the API server's; null for those that Java trusts. */
    public String getServerCertificate() {
        return serverCertificate;
    }

    @DataBoundSetter
    public void setServerCertificate(String serverCertificate) {
        this.serverCertificate = Util.fixEmptyAndTrim(serverCertificate);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The namespace as configured; null for the one of the connection. See {@link #namespace}. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** The most items of all builds together that run at once; null for no limit. */
    public Integer getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(Integer limit) {
        this.limit = limit;
    }

    @Override
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /** The jobs that may go on with one another's queues, as patterns like those of {@link #getJobs}; null for none. */
    public String getSharingJobs() {
        return sharingJobs;
    }

    @DataBoundSetter
    public void setSharingJobs(String sharingJobs) {
        this.sharingJobs = Util.fixEmptyAndTrim(sharingJobs);
    }

    /** The other namespaces that jobs may name, one on each line; null for none. See {@link Border}. */
    public String getNamespaces() {
        return namespaces;
    }

    @DataBoundSetter
    public void setNamespaces(String namespaces) {
        this.namespaces = Util.fixEmptyAndTrim(namespaces);
    }

    /** The service accounts that workers may have, and whose token they may be given; null for the default alone. */
    public String getServiceAccounts() {
        return serviceAccounts;
    }

    @DataBoundSetter
    public void setServiceAccounts(String serviceAccounts) {
        this.serviceAccounts = Util.fixEmptyAndTrim(serviceAccounts);
    }

    /** The Secrets that workers may be given; null for none. */
    public String getSecrets() {
        return secrets;
    }

    @DataBoundSetter
    public void setSecrets(String secrets) {
        this.secrets = Util.fixEmptyAndTrim(secrets);
    }

    /** Whether jobs may write the worker's Pod in YAML, and mount paths of the node. */
    public boolean isPodYaml() {
        return podYaml;
    }

    @DataBoundSetter
    public void setPodYaml(boolean podYaml) {
        this.podYaml = podYaml;
    }

    /**
     * The namespace of queues that name none: the configured one, else that of the kubeconfig or of Jenkins' own pod,
     * else {@code default}.
     *
     * @throws AbortException with a sentence, where no client can be made
     */
    public String namespace() throws AbortException {
        if (namespace != null) {
            return namespace;
        }
        return namespaceOf(client());
    }

    private static String namespaceOf(KubernetesClient client) {
        String given = client.getNamespace();
        return given == null ? "default" : given;
    }

    /** As {@link #namespace}, over a client of it that is at hand. */
    String namespace(KubernetesClient client) {
        return namespace == null ? namespaceOf(client) : namespace;
    }

    /**
     * A client for the life of one queue: it is shared and must not be closed. Quick, but credentials may be looked up
     * over the network, so not on the thread of a Pipeline's program.
     *
     * @throws AbortException with a sentence, where the configuration or its credentials can't be used
     */
    public KubernetesClient client() throws AbortException {
        return ClusterClients.get(this);
    }

    /** The form of a cluster. */
    @Extension
    public static class DescriptorImpl extends ClusterConfigDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ClusterConfig_displayName();
        }
    }
}
