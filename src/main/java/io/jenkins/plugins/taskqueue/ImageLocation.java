package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import io.jenkins.plugins.taskqueue.engine.kubernetes.AmbassadorPod;
import io.jenkins.plugins.taskqueue.engine.kubernetes.PodSource;
import io.jenkins.plugins.taskqueue.engine.kubernetes.ProxiedSource;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An ambassador that is started as a pod beside each queue, and reached through the API server. */
public class ImageLocation extends AmbassadorLocation {
    static final int PORT = 8080;

    private final String image;
    private int port = PORT;
    private String path;
    private String args;
    private String podYaml;

    @DataBoundConstructor
    public ImageLocation(String image) {
        this.image = Util.fixNull(image).strip();
    }

    public String getImage() {
        return image;
    }

    /** Where the container serves the source API. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port > 0 ? port : PORT;
    }

    /** What comes before {@code items}; null for nothing. */
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    /** The container's arguments, one on each line; null for the image's own. */
    public String getArgs() {
        return args;
    }

    @DataBoundSetter
    public void setArgs(String args) {
        this.args = Util.fixEmptyAndTrim(args);
    }

    /** A Pod in YAML for all else; null for none. */
    public String getPodYaml() {
        return podYaml;
    }

    @DataBoundSetter
    public void setPodYaml(String podYaml) {
        this.podYaml = Util.fixEmptyAndTrim(podYaml);
    }

    @Override
    Source open(AmbassadorConfig ambassador, SourcePlace place) {
        return PodSource.of(place.client(), place.namespace(), place.queue(), place.build(), pod(), over(ambassador));
    }

    /** Beside no queue, to see what it lists. */
    private Source trial(AmbassadorConfig ambassador) throws AbortException {
        SourcePlace place = AmbassadorCheck.place();
        return PodSource.trial(place.client(), place.namespace(), place.build(), pod(), over(ambassador));
    }

    private AmbassadorPod pod() {
        List<String> lines =
                Util.fixNull(args).lines().filter(line -> !line.isBlank()).toList();
        return new AmbassadorPod(image, port, lines, Util.fixNull(podYaml));
    }

    private Function<HttpClient, Source> over(AmbassadorConfig ambassador) {
        HttpSourceSettings settings = ambassador.http("http://ambassador.pod" + KubernetesNames.path(path));
        return http -> new ProxiedSource(new HttpSource(http, settings, Clock.systemUTC()));
    }

    /** The form of an image. */
    @Extension(ordinal = 1)
    @Symbol("image")
    public static class DescriptorImpl extends LocationDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ImageLocation_displayName();
        }

        @POST
        public FormValidation doCheckImage(@QueryParameter String value, @QueryParameter String podYaml) {
            boolean isMissing = Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(podYaml) == null;
            return Checks.that(!isMissing, Messages.ImageLocation_image());
        }

        @POST
        public FormValidation doCheckPort(@QueryParameter String value) {
            return Checks.that(KubernetesNames.isPort(Checks.number(value)), Messages.ImageLocation_port());
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return Checks.path(value);
        }

        @POST
        public FormValidation doCheckPodYaml(@QueryParameter String value) {
            return Checks.sentence(() -> AmbassadorPod.check(Util.fixNull(value)));
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String image,
                @QueryParameter String port,
                @QueryParameter String path,
                @QueryParameter String args,
                @QueryParameter String podYaml) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ImageLocation location = new ImageLocation(image);
            location.setPort(Checks.number(port));
            location.setPath(path);
            location.setArgs(args);
            location.setPodYaml(podYaml);
            return AmbassadorCheck.inCluster(location::trial, location);
        }
    }
}
