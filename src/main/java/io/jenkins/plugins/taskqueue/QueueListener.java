package io.jenkins.plugins.taskqueue;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;

/** A build, or a job, that is deleted takes along what its queues have in Kubernetes. */
@Extension
public class QueueListener extends RunListener<Run<?, ?>> {
    @Override
    public void onDeleted(Run<?, ?> run) {
        TaskQueueAction action = TaskQueueAction.of(run);
        if (action != null) {
            action.queues().forEach(BuildQueues.get()::drop);
            OrphanSweep.soon();
        }
    }

    /** The builds of a deleted job are not told of one by one. */
    @Extension
    public static class OfJobs extends ItemListener {
        @Override
        public void onDeleted(Item item) {
            OrphanSweep.soon();
        }
    }
}
