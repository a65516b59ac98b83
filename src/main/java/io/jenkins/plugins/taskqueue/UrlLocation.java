package io.jenkins.plugins.taskqueue;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import hudson.AbortException;
import hudson.Extension;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An ambassador that the controller reaches by its URL. */
public class UrlLocation extends AmbassadorLocation {
    private static final SystemCredentials<StringCredentials> TOKENS =
            new SystemCredentials<>(StringCredentials.class, CredentialsMatchers.always());

    private final String url;
    private String credentialsId;

    @DataBoundConstructor
    public UrlLocation(String url) {
        this.url = Util.fixNull(url).strip();
    }

    public String getUrl() {
        return url;
    }

    /** Secret text that is sent as bearer token; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    Source open(AmbassadorConfig ambassador, SourcePlace place) throws AbortException {
        // Redirects would take the token elsewhere, and the controller to an address that nobody configured.
        HttpClient client = ProxyConfiguration.newHttpClientBuilder()
                .connectTimeout(HttpSource.CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpSource(client, ambassador.http(url).withToken(token(ambassador)), Clock.systemUTC());
    }

    private String token(AmbassadorConfig ambassador) throws AbortException {
        if (credentialsId == null) {
            return "";
        }
        StringCredentials token = TOKENS.find(url, credentialsId);
        if (token == null) {
            throw new AbortException(Messages.UrlLocation_noCredentials(ambassador.getName(), credentialsId));
        }
        return token.getSecret().getPlainText();
    }

    /** The form of a URL. */
    @Extension(ordinal = 3)
    @Symbol("url")
    public static class DescriptorImpl extends LocationDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.UrlLocation_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return Checks.sentence(() -> HttpSourceSettings.of(Util.fixNull(value)));
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String url) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            boolean isOpen = url.strip().toLowerCase(Locale.ROOT).startsWith("http:");
            return isOpen && Util.fixEmptyAndTrim(value) != null
                    ? FormValidation.warning(Messages.UrlLocation_openToken())
                    : FormValidation.ok();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId, @QueryParameter String url) {
            return TOKENS.offer(url, credentialsId);
        }

        @POST
        public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            UrlLocation location = new UrlLocation(url);
            location.setCredentialsId(credentialsId);
            return AmbassadorCheck.of(trial -> location.open(trial, null), location);
        }
    }
}
