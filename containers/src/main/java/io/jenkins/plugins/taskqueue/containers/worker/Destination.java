package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;

/** Where outputs are stored: a folder for each item, complete or not at all. */
interface Destination {
    /** Names of files may have 255 bytes, and something is put before this one. */
    int LONGEST_FOLDER = 200;

    /**
     * Stores an item's files in place of what an earlier attempt stored.
     *
     * @return where they are now
     * @throws WorkerException with a sentence; then nothing that is there passes for the item's output
     */
    String store(Manifest manifest) throws WorkerException, InterruptedException;

    /** The folder of an item: one level, whatever is in its name, and never hidden. */
    static String folder(String item) {
        String name = PercentEncoding.encode(item);
        if (name.startsWith(".")) {
            name = "%2E" + name.substring(1);
        }
        return name.length() <= LONGEST_FOLDER
                ? name
                : name.substring(0, LONGEST_FOLDER - 27) + "-" + QueueId.hash(item, 26);
    }
}
