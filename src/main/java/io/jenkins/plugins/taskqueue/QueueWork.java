package io.jenkins.plugins.taskqueue;

import io.jenkins.plugins.taskqueue.engine.Cluster;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.Retry;

/** What works on a queue, from one opening to the next. */
record QueueWork(QueueManager manager, Cluster cluster, QueueThreads threads) implements AutoCloseable {
    private static final int RETRY_TRIES = 10;

    /**
     * May block.
     *
     * @param item null for all that failed
     * @throws IllegalStateException with a sentence, where the cluster does not take it, or the end of the item is not in
     *     its record yet
     */
    void retry(String item) {
        for (int tries = 1; ; tries++) {
            try {
                boolean marked =
                        item == null ? !Retry.mark(cluster, any -> true).isEmpty() : Retry.markItem(cluster, item);
                if (!marked) {
                    throw new IllegalStateException(Messages.QueueWork_notWritten());
                }
                return;
            } catch (ClusterException e) {
                if (e.kind() != ClusterException.Kind.CONFLICT || tries == RETRY_TRIES) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A queue that was not reached has nothing that could be stopped from here; one that another acts on is the other's. */
    boolean canStop(boolean named) {
        boolean opened = !manager.status().run().isEmpty();
        return opened && (cluster.mayAct() || !named);
    }

    @Override
    public void close() {
        manager.close();
        threads.close();
    }
}
