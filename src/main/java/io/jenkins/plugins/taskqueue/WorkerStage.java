package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One of several images that do an item one after the other. Its settings are taken as those of {@link WorkerStep}. */
public final class WorkerStage implements Describable<WorkerStage>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String image;
    private ArrayList<String> command;
    private ArrayList<String> args;
    private ArrayList<String> env;
    private ArrayList<String> secretEnv;

    @DataBoundConstructor
    public WorkerStage(String name, String image) {
        this.name = Util.fixNull(name).trim();
        this.image = Util.fixNull(image).trim();
    }

    public String getName() {
        return name;
    }

    public String getImage() {
        return image;
    }

    @CheckForNull
    public Object getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(Object command) {
        this.command = GivenValues.list("command", command);
    }

    @CheckForNull
    public Object getArgs() {
        return args;
    }

    @DataBoundSetter
    public void setArgs(Object args) {
        this.args = GivenValues.list("args", args);
    }

    /** Variables of this stage alone. */
    @CheckForNull
    public Object getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(Object env) {
        this.env = GivenValues.pairs("env", env);
    }

    @CheckForNull
    public Object getSecretEnv() {
        return secretEnv;
    }

    @DataBoundSetter
    public void setSecretEnv(Object secretEnv) {
        this.secretEnv = GivenValues.pairs("secretEnv", secretEnv);
    }

    /** A stage's form, and how it is checked. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WorkerStage> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WorkerStage_displayName();
        }

        /** A list as the text of a form, one value on each line. */
        public String lines(Object setting) {
            return GivenValues.lines(setting);
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return JobChecks.check(item, value, name -> {
                if (!name.contains("$")) {
                    new Stage(name, "", List.of(), List.of(), List.of());
                }
                return FormValidation.ok();
            });
        }

        /** @param image the step's own, which there can't be beside stages */
        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("..") @QueryParameter String image) {
            return JobChecks.check(item, value, own -> {
                if (own.isEmpty()) {
                    return FormValidation.error(Messages.WorkerStage_noImage());
                }
                return Util.fixEmptyAndTrim(image) == null
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.WorkerStage_twoImages(image));
            });
        }

        @POST
        public FormValidation doCheckEnv(@AncestorInPath Item item, @QueryParameter String value) {
            return JobChecks.env(item, value);
        }

        @POST
        public FormValidation doCheckSecretEnv(@AncestorInPath Item item, @QueryParameter String value) {
            return JobChecks.secretEnv(item, value);
        }
    }
}
