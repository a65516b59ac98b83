package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Saveable;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The queues that may have objects in Kubernetes, in a file of Jenkins': so what a build left that was killed or deleted is
 * found without looking at every build. Thread-safe.
 */
@Extension
public class OpenQueues implements Saveable {
    private static final Logger LOGGER = Logger.getLogger(OpenQueues.class.getName());

    private ArrayList<Entry> entries = new ArrayList<>();

    /** A queue of a build, with all that is needed to find it in Kubernetes when the build is no more. */
    static final class Entry implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final String run;
        private final QueueRequest request;
        private final boolean abandoned;
        /** Milliseconds of the epoch; 0 while the cluster is configured. */
        private final long goneMillis;

        Entry(String id, String run, QueueRequest request, boolean abandoned, long goneMillis) {
            this.id = id;
            this.run = run;
            this.request = request;
            this.abandoned = abandoned;
            this.goneMillis = goneMillis;
        }

        String id() {
            return id;
        }

        /** The build's external id. */
        String run() {
            return run;
        }

        QueueRequest request() {
            return request;
        }

        /** Whether the build waits for it no more, though it may go on itself. */
        boolean isAbandoned() {
            return abandoned;
        }

        /** When its cluster was first found not to be configured any more; empty while it is configured. */
        Optional<Instant> goneSince() {
            return goneMillis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(goneMillis));
        }

        Entry withGoneSince(@CheckForNull Instant since) {
            return new Entry(id, run, request, abandoned, since == null ? 0 : since.toEpochMilli());
        }
    }

    public OpenQueues() {
        try {
            if (file().exists()) {
                file().unmarshal(this);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "What earlier builds left in Kubernetes is not swept: can't read " + file(), e);
        }
    }

    static OpenQueues get() {
        return ExtensionList.lookupSingleton(OpenQueues.class);
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), OpenQueues.class.getName() + ".xml"));
    }

    void add(BuildQueue queue) throws IOException {
        put(queue, false);
    }

    void abandon(BuildQueue queue) throws IOException {
        put(queue, true);
    }

    private synchronized void put(BuildQueue queue, boolean abandoned) throws IOException {
        entries.removeIf(entry -> entry.id().equals(queue.id()));
        entries.add(new Entry(queue.id(), queue.getRun().getExternalizableId(), queue.getRequest(), abandoned, 0));
        save();
    }

    /** Puts an entry in the place of the one with its id, unless that is gone meanwhile. */
    synchronized void replace(Entry changed) throws IOException {
        entries.replaceAll(entry -> entry.id().equals(changed.id()) ? changed : entry);
        save();
    }

    void remove(BuildQueue queue) throws IOException {
        remove(queue.id());
    }

    synchronized void remove(String id) throws IOException {
        if (entries.removeIf(entry -> entry.id().equals(id))) {
            save();
        }
    }

    synchronized boolean isKnown(String id) {
        return entries.stream().anyMatch(entry -> entry.id().equals(id));
    }

    synchronized List<Entry> entries(Predicate<Entry> wanted) {
        return entries.stream().filter(wanted).toList();
    }

    @Override
    public synchronized void save() throws IOException {
        file().write(this);
    }
}
