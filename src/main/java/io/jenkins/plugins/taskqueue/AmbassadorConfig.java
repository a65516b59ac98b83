package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.time.Duration;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A source ambassador that jobs may name as their source, as an administrator configured it. */
public class AmbassadorConfig extends AbstractDescribableImpl<AmbassadorConfig> implements Offer {
    static final int POLL_SECONDS = 10;
    private static final int TRIAL_SECONDS = 10;
    static final int TIMEOUT_SECONDS = (int) HttpSourceSettings.DEFAULT_TIMEOUT.toSeconds();
    static final int LIST_MEBIBYTES = (int) (HttpSourceSettings.DEFAULT_LIST_BYTES >> 20);

    private final String name;
    private final AmbassadorLocation location;
    private int pollSeconds = POLL_SECONDS;
    private int timeoutSeconds = TIMEOUT_SECONDS;
    private int listMebibytes = LIST_MEBIBYTES;
    private String jobs;
    /** Whether it is only tried out, with an address that may be any server's. */
    private transient boolean trial;

    @DataBoundConstructor
    public AmbassadorConfig(String name, AmbassadorLocation location) {
        this.name = Util.fixNull(name).strip();
        this.location = location;
    }

    /** One for trying an address out: impatient, and nothing of what is answered is shown but names of items. */
    static AmbassadorConfig trial(AmbassadorLocation location) {
        AmbassadorConfig config = new AmbassadorConfig(Messages.AmbassadorConfig_trial(), location);
        config.timeoutSeconds = TRIAL_SECONDS;
        config.trial = true;
        return config;
    }

    @Override
    public String getName() {
        return name;
    }

    public AmbassadorLocation getLocation() {
        return location;
    }

    /** How long after a listing the ambassador is asked again. */
    public int getPollSeconds() {
        return pollSeconds;
    }

    @DataBoundSetter
    public void setPollSeconds(int pollSeconds) {
        this.pollSeconds = pollSeconds > 0 ? pollSeconds : POLL_SECONDS;
    }

    /** The longest that one request may take. */
    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds > 0 ? timeoutSeconds : TIMEOUT_SECONDS;
    }

    /** The most mebibytes of a listing, all its pages together. */
    public int getListMebibytes() {
        return listMebibytes;
    }

    @DataBoundSetter
    public void setListMebibytes(int listMebibytes) {
        this.listMebibytes = listMebibytes > 0 ? listMebibytes : LIST_MEBIBYTES;
    }

    @Override
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /**
     * The source at this ambassador. It closes what it started. Makes no request: what is wrong with the ambassador
     * shows when it is listed.
     *
     * @throws AbortException with a sentence, where the configuration or its credentials can't be used
     */
    public Source open(SourcePlace place) throws AbortException {
        if (location == null) {
            throw new AbortException(Messages.AmbassadorConfig_noLocation(name));
        }
        return opened(config -> location.open(config, place));
    }

    /** Makes a source of this ambassador. What it throws has a sentence. */
    interface Opening {
        Source open(AmbassadorConfig config) throws AbortException;
    }

    Source opened(Opening opening) throws AbortException {
        try {
            return opening.open(this);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** @throws IllegalArgumentException with a sentence, where it is no such URL */
    HttpSourceSettings http(String url) {
        HttpSourceSettings settings = HttpSourceSettings.of(url)
                .withTimeout(Duration.ofSeconds(timeoutSeconds))
                .withListBytes((long) listMebibytes << 20);
        return trial ? settings.withoutQuotes() : settings;
    }

    /** The form of an ambassador. */
    @Extension
    public static class DescriptorImpl extends Descriptor<AmbassadorConfig> {
        @Override
        public String getDisplayName() {
            return Messages.AmbassadorConfig_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Checks.name(value);
        }

        @POST
        public FormValidation doCheckPollSeconds(@QueryParameter String value) {
            return Checks.positive(value);
        }

        @POST
        public FormValidation doCheckTimeoutSeconds(@QueryParameter String value) {
            return Checks.positive(value);
        }

        @POST
        public FormValidation doCheckListMebibytes(@QueryParameter String value) {
            return Checks.positive(value);
        }
    }
}
