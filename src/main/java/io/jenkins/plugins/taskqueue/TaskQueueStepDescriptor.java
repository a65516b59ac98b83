package io.jenkins.plugins.taskqueue;

import static io.jenkins.plugins.taskqueue.JobChecks.check;
import static io.jenkins.plugins.taskqueue.JobChecks.number;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.kubernetes.UserPod;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.util.Set;
import jenkins.util.SetContextClassLoader;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The step's form: what it offers and how it is checked. */
public abstract class TaskQueueStepDescriptor extends StepDescriptor {
    @Override
    public String getFunctionName() {
        return "taskQueue";
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** A list as the text of a form, one value on each line. */
    public String lines(Object setting) {
        return GivenValues.lines(setting);
    }

    @POST
    public ListBoxModel doFillSourceItems(@AncestorInPath Item item, @QueryParameter String source) {
        return mayConfigure(item) ? TaskQueueConfiguration.get().fillSourceItems(item, source) : only(source);
    }

    @POST
    public ListBoxModel doFillClusterItems(@AncestorInPath Item item, @QueryParameter String cluster) {
        return mayConfigure(item) ? TaskQueueConfiguration.get().fillClusterItems(item, cluster) : only(cluster);
    }

    @POST
    public ListBoxModel doFillOnFailureItems() {
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.TaskQueueStepDescriptor_failure(), OnFailure.FAILURE.name()),
                new ListBoxModel.Option(Messages.TaskQueueStepDescriptor_unstable(), OnFailure.UNSTABLE.name()));
    }

    private static boolean mayConfigure(Item item) {
        return item != null && item.hasPermission(Item.CONFIGURE);
    }

    private static ListBoxModel only(String current) {
        return new ListBoxModel(new ListBoxModel.Option(current));
    }

    @POST
    public FormValidation doCheckItems(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String source) {
        return check(item, value, items -> {
            if (items.isEmpty() == Util.fixNull(source).isEmpty()) {
                return FormValidation.error(
                        items.isEmpty()
                                ? Messages.TaskQueueStepDescriptor_noItems()
                                : Messages.TaskQueueStepDescriptor_sourceAndItems());
            }
            if (!items.isEmpty()) {
                GivenValues.source(GivenValues.list("items", items)).close();
            }
            return FormValidation.ok();
        });
    }

    @POST
    public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                image -> image.isEmpty()
                        ? FormValidation.ok(Messages.TaskQueueStepDescriptor_noImage())
                        : FormValidation.ok());
    }

    @POST
    public FormValidation doCheckParallelism(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                most -> most.equals("0")
                        ? FormValidation.warning(Messages.TaskQueueStepDescriptor_nothingStarts())
                        : number(most, 1, Integer.MAX_VALUE, Messages.TaskQueueStepDescriptor_parallelism()));
    }

    @POST
    public FormValidation doCheckMaxParallelism(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                most -> most.isEmpty()
                        ? FormValidation.ok()
                        : number(most, 1, Integer.MAX_VALUE, Messages.TaskQueueStepDescriptor_maxParallelism()));
    }

    @POST
    public FormValidation doCheckUtilization(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, n -> number(n, 1, 100, Messages.TaskQueueStepDescriptor_utilization()));
    }

    @POST
    public FormValidation doCheckDrainWithin(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.span(item, value);
    }

    @POST
    public FormValidation doCheckRetries(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, n -> number(n, 0, Integer.MAX_VALUE, Messages.TaskQueueStepDescriptor_retries()));
    }

    @POST
    public FormValidation doCheckBatch(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                n -> n.isEmpty() ? FormValidation.ok() : number(n, 1, 100, Messages.TaskQueueStepDescriptor_batch()));
    }

    @POST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.span(item, value);
    }

    @POST
    public FormValidation doCheckKeepRunning(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.span(item, value);
    }

    @POST
    public FormValidation doCheckMaxFailures(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, limit -> {
            StepSpec.failures(Util.fixEmpty(limit));
            return FormValidation.ok();
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

    @POST
    public FormValidation doCheckResources(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, lines -> {
            StepWorker.resources(GivenValues.list("resources", lines), "limits.");
            return FormValidation.ok();
        });
    }

    @POST
    public FormValidation doCheckVolumes(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.lines(item, value, "volumes", StepWorker::volumes);
    }

    @POST
    public FormValidation doCheckTolerations(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.lines(item, value, "tolerations", StepWorker::tolerations);
    }

    @POST
    public FormValidation doCheckNodeSelector(@AncestorInPath Item item, @QueryParameter String value) {
        return JobChecks.lines(item, value, "nodeSelector", StepWorker::labels);
    }

    @POST
    public FormValidation doCheckRunAsUser(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                user -> user.isEmpty()
                        ? FormValidation.ok()
                        : number(user, 1, Integer.MAX_VALUE, Messages.TaskQueueStepDescriptor_runAsUser()));
    }

    @POST
    public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
        return check(
                item,
                value,
                name -> name.isEmpty() || KubernetesNames.isName(name) || name.contains("$")
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.TaskQueueStepDescriptor_namespace()));
    }

    @POST
    public FormValidation doCheckKueue(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, name -> {
            if (!name.contains("$")) {
                QueueSpec.builder("any", WorkerSpec.worker("any"))
                        .kueueQueue(name)
                        .build();
            }
            return FormValidation.ok();
        });
    }

    @POST
    public FormValidation doCheckPodYaml(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, yaml -> {
            try (SetContextClassLoader kubernetes = new SetContextClassLoader(UserPod.class)) {
                UserPod.check(Util.fixNull(value));
            }
            return FormValidation.ok();
        });
    }
}
