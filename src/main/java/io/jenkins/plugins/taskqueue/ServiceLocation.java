package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.kubernetes.ApiServerProxy;
import io.jenkins.plugins.taskqueue.engine.kubernetes.ProxiedSource;
import java.time.Clock;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * An ambassador behind a Service of the queue's cluster, reached through the API server. The namespace must be said: that
 * of the queue is the job's to choose, and so would be the Service.
 */
public class ServiceLocation extends AmbassadorLocation {
    static final String PORT = "80";

    private final String namespace;
    private final String service;
    private String port = PORT;
    private boolean https;
    private String path;

    @DataBoundConstructor
    public ServiceLocation(String namespace, String service) {
        this.namespace = Util.fixNull(namespace).strip();
        this.service = Util.fixNull(service).strip();
    }

    public String getNamespace() {
        return namespace;
    }

    public String getService() {
        return service;
    }

    /** The Service's port, by name or number. */
    public String getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(String port) {
        this.port = Util.fixNull(Util.fixEmptyAndTrim(port), PORT);
    }

    /** Whether the Service's pods speak HTTPS. */
    public boolean isHttps() {
        return https;
    }

    @DataBoundSetter
    public void setHttps(boolean https) {
        this.https = https;
    }

    /** What comes before {@code items}; null for nothing. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    @Override
    Source open(AmbassadorConfig ambassador, SourcePlace place) throws AbortException {
        if (!KubernetesNames.isName(namespace) || !KubernetesNames.isName(service) || !KubernetesNames.isPort(port)) {
            throw new AbortException(Messages.ServiceLocation_names(ambassador.getName()));
        }
        String scheme = https ? "https" : "http";
        return new ProxiedSource(new HttpSource(
                ApiServerProxy.service(place.client(), namespace, scheme, service, port),
                ambassador.http(scheme + "://" + service + "." + namespace + ".svc" + KubernetesNames.path(path)),
                Clock.systemUTC()));
    }

    /** The form of a Service. */
    @Extension(ordinal = 2)
    @Symbol("service")
    public static class DescriptorImpl extends LocationDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ServiceLocation_displayName();
        }

        @POST
        public FormValidation doCheckNamespace(@QueryParameter String value) {
            return Checks.kubernetesName(value);
        }

        @POST
        public FormValidation doCheckService(@QueryParameter String value) {
            return Checks.kubernetesName(value);
        }

        @POST
        public FormValidation doCheckPort(@QueryParameter String value) {
            return Checks.that(KubernetesNames.isPort(Util.fixNull(value).strip()), Messages.ServiceLocation_port());
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return Checks.path(value);
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String namespace,
                @QueryParameter String service,
                @QueryParameter String port,
                @QueryParameter boolean https,
                @QueryParameter String path) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ServiceLocation location = new ServiceLocation(namespace, service);
            location.setPort(port);
            location.setHttps(https);
            location.setPath(path);
            return AmbassadorCheck.inCluster(trial -> location.open(trial, AmbassadorCheck.place()), location);
        }
    }
}
