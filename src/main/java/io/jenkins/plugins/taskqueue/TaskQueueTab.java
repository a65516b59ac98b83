package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.management.Badge;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of a build's queues: a tab in the new look, a link in the side panel of the classic one. */
@Restricted(NoExternalUse.class)
public final class TaskQueueTab extends Tab {
    static final String URL_NAME = "task-queue";

    private final TaskQueueAction action;

    TaskQueueTab(TaskQueueAction action) {
        super(action.getRun());
        this.action = action;
    }

    @Override
    public String getIconFileName() {
        return "symbol-layers-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.TaskQueueTab_displayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** How many items failed, where some did. */
    @CheckForNull
    @Override
    public Badge getBadge() {
        int failed = getQueues().stream()
                .mapToInt(queue -> queue.getDigest().getFailed())
                .sum();
        String text = Messages.TaskQueueTab_failed(failed);
        return failed == 0 ? null : new Badge(Integer.toString(failed), text, Badge.Severity.DANGER);
    }

    public Run<?, ?> getRun() {
        return action.getRun();
    }

    /** In the order in which the build began them. */
    public List<QueuePage> getQueues() {
        return action.queues().stream().map(QueuePage::new).toList();
    }

    /** Stapler's way to {@code queue/1}. */
    @CheckForNull
    public QueuePage getQueue(String key) {
        BuildQueue queue = action.queue(key);
        return queue == null ? null : new QueuePage(queue);
    }

    /** Whether the page offers to run what is left. */
    public boolean isRestOffered() {
        return getRun().getParent().hasPermission(Item.BUILD) && RestOfBuild.refusal(getRun()) == null;
    }

    /** Starts a build that does only what has not succeeded in this one, with its parameters. */
    @RequirePOST
    public HttpResponse doRunTheRest() {
        getRun().getParent().checkPermission(Item.BUILD);
        String refusal = RestOfBuild.refusal(getRun());
        if (refusal != null) {
            throw new Failure(refusal);
        }
        RestOfBuild.schedule(getRun());
        return HttpResponses.redirectViaContextPath(getRun().getParent().getUrl());
    }

    /** Gives every build that has a queue its page. */
    @Extension
    public static final class Factory extends TransientActionFactory<Run<?, ?>> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Run<?, ?>> type() {
            return (Class) Run.class;
        }

        @NonNull
        @Override
        public Class<TaskQueueTab> actionType() {
            return TaskQueueTab.class;
        }

        @NonNull
        @Override
        public Collection<TaskQueueTab> createFor(@NonNull Run<?, ?> run) {
            TaskQueueAction action = TaskQueueAction.of(run);
            return action == null ? List.of() : List.of(new TaskQueueTab(action));
        }
    }
}
