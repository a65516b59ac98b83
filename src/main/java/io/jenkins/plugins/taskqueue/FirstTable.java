package io.jenkins.plugins.taskqueue;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusJson;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Shows a made-up table to nobody when Jenkins has started, so that who opens the first real one need not wait until Java
 * has loaded and compiled what reads it: with 10,000 rows that is the longer part of the request.
 */
@Extension
public class FirstTable extends ItemListener {
    /** So many that Java finds the code worth compiling. */
    static final int ROWS = 3_000;

    private static final Logger LOGGER = Logger.getLogger(FirstTable.class.getName());

    /** Returns at once. */
    @Override
    public void onLoaded() {
        BuildQueues.get().background().execute(FirstTable::show);
    }

    private static void show() {
        long begun = System.nanoTime();
        try {
            show(OutputStream.nullOutputStream());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            LOGGER.log(Level.FINE, "Ready for the first table after {0} ms", millis);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The first table will take a moment longer", e);
        }
    }

    /** As for a build that is over: what is written is read, and a page of it is answered. */
    static void show(OutputStream out) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SnapshotWriter.write(madeUp(), file);
        Status status = SnapshotReader.read(file.toByteArray());
        StatusJson.writePage(StatusPage.of(status, StatusQuery.parse(""), status.now()), out);
    }

    private static Status madeUp() {
        Instant now = Instant.now();
        ItemState state = ItemState.FAILED;
        ItemStatus row = new ItemStatus(
                1,
                "folder/item 1.txt",
                state,
                "ExitCode",
                "exit code 1",
                1,
                1,
                now,
                now,
                now,
                "a result",
                "a line\n",
                1);
        return new Status(
                "first",
                "run",
                Status.Phase.FAILED,
                "",
                1,
                Map.of(state, ROWS),
                1,
                now,
                now,
                null,
                List.copyOf(Collections.nCopies(ROWS, row)));
    }
}
