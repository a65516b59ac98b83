package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Retry;
import io.jenkins.plugins.taskqueue.engine.kubernetes.KubernetesCluster;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks for failed items to be done again. */
@Command(
        name = "retry",
        sortOptions = false,
        usageHelpWidth = 110,
        description =
                "Asks for items that have FAILED to be done again: those named, else all. The queue's manager does"
                        + " it, the one that runs or the next.",
        footer = {"", "Example: taskqueue retry --queue videos holiday.mp4"})
public final class RetryCommand implements Callable<Integer> {
    private static final int TRIES = 10;

    @Mixin
    private ExistingQueue queue;

    @Parameters(paramLabel = "ITEM", description = "Names of FAILED items; none for all of them.")
    private List<String> items = new ArrayList<>();

    private final Terminal terminal;

    public RetryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return queue.open(cluster -> {
            Set<String> wanted = wanted(queue.status(cluster));
            mark(cluster, wanted);
            terminal.out().println(sentence(wanted.size()));
            terminal.out().flush();
            return ExitCode.DONE;
        });
    }

    private static String sentence(int marked) {
        if (marked == 0) {
            return "No item of the queue is FAILED: there is nothing to do again.";
        }
        return marked + (marked == 1 ? " item is" : " items are")
                + " done again by the queue's manager; start it if none runs.";
    }

    private Set<String> wanted(Status status) {
        Set<String> failed = status.items().stream()
                .filter(item -> item.state() == ItemState.FAILED)
                .map(ItemStatus::name)
                .collect(Collectors.toSet());
        List<String> others =
                items.stream().filter(item -> !failed.contains(item)).toList();
        if (!others.isEmpty()) {
            throw new CannotGoOnException("Not FAILED, or not known: \"" + String.join("\", \"", others)
                    + "\". Nothing was changed; taskqueue status shows what can be tried again.");
        }
        return items.isEmpty() ? failed : new HashSet<>(items);
    }

    private static void mark(KubernetesCluster cluster, Set<String> wanted)
            throws ClusterException, InterruptedException {
        for (int tries = 1; !wanted.isEmpty(); tries++) {
            try {
                Retry.mark(cluster, wanted::contains);
                return;
            } catch (ClusterException e) {
                if (e.kind() != ClusterException.Kind.CONFLICT || tries == TRIES) {
                    throw e;
                }
                // A manager wrote meanwhile: look at what is there now.
                cluster.look();
            }
        }
    }
}
