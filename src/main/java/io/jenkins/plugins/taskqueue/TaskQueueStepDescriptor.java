package io.jenkins.plugins.taskqueue;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

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
}
