package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How a cluster's form is checked. */
public abstract class ClusterConfigDescriptor extends Descriptor<ClusterConfig> {
    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return Checks.name(value);
    }

    @POST
    public FormValidation doCheckServerUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String url = Util.fixEmptyAndTrim(value);
        if (url == null) {
            return FormValidation.ok();
        }
        if (!isServerUrl(url)) {
            return FormValidation.error(Messages.ClusterConfig_serverUrl());
        }
        return url.startsWith("https")
                ? FormValidation.ok()
                : FormValidation.warning(Messages.ClusterConfig_openServerUrl());
    }

    static boolean isServerUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @POST
    public FormValidation doCheckServerCertificate(@QueryParameter String value) {
        String pem = Util.fixEmptyAndTrim(value);
        return Checks.that(pem == null || isCertificate(pem), Messages.ClusterConfig_certificate());
    }

    private static boolean isCertificate(String pem) {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    @POST
    public FormValidation doCheckNamespace(@QueryParameter String value) {
        return Checks.that(
                Util.fixEmptyAndTrim(value) == null || KubernetesNames.isName(value.strip()),
                Messages.Checks_kubernetesName());
    }

    @POST
    public FormValidation doCheckNamespaces(@QueryParameter String value) {
        return Checks.names(value);
    }

    @POST
    public FormValidation doCheckServiceAccounts(@QueryParameter String value) {
        return Checks.names(value);
    }

    @POST
    public FormValidation doCheckSecrets(@QueryParameter String value) {
        return Checks.names(value);
    }

    @POST
    public FormValidation doCheckPodYaml(@QueryParameter boolean value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return value ? FormValidation.warning(Messages.ClusterConfig_podYaml()) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckLimit(@QueryParameter String value) {
        return Checks.that(
                Util.fixEmptyAndTrim(value) == null || Checks.number(value) > 0, Messages.ClusterConfig_limit());
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String credentialsId, @QueryParameter String serverUrl) {
        return ClusterClients.CREDENTIALS.offer(serverUrl, credentialsId);
    }

    @POST
    public FormValidation doTestConnection(
            @QueryParameter String name,
            @QueryParameter String serverUrl,
            @QueryParameter String serverCertificate,
            @QueryParameter String credentialsId,
            @QueryParameter String namespace,
            @QueryParameter String namespaces) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ClusterConfig cluster = new ClusterConfig(name);
        cluster.setServerUrl(serverUrl);
        cluster.setServerCertificate(serverCertificate);
        cluster.setCredentialsId(credentialsId);
        cluster.setNamespace(namespace);
        cluster.setNamespaces(namespaces);
        return ClusterCheck.of(cluster);
    }
}
