package io.jenkins.plugins.taskqueue.engine.policy;

/** Clears a batch away once its record has every outcome, and not before. */
final class FinishPolicy {
    private FinishPolicy() {}

    static void plan(Batch batch, Planner plan) {
        boolean finished = batch.job() != null && batch.job().finished();
        plan.add(new Action.Finish(batch.record(), batch.allPods(), batch.job() != null, finished));
    }
}
