package io.jenkins.plugins.taskqueue.containers.web;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** The browsers of a test run: as many as two, since a test waits for its page most of the time. Thread-safe. */
final class Browsers implements AutoCloseable {
    private final Semaphore lent = new Semaphore(2, true);
    private final Queue<Chromium> idle = new ConcurrentLinkedQueue<>();

    /** One that nobody else has; waits until there is one. */
    Chromium take() throws InterruptedException {
        lent.acquire();
        Chromium taken = idle.poll();
        try {
            taken = taken == null ? new Chromium() : taken;
        } finally {
            if (taken == null) {
                lent.release();
            }
        }
        return taken;
    }

    void giveBack(Chromium taken) {
        idle.add(taken);
        lent.release();
    }

    @Override
    public void close() {
        idle.forEach(Chromium::close);
    }
}
