package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.status.Status;

/** Shows how a run goes. Any thread. */
interface Display extends AutoCloseable {

    /** A line that stays. */
    void line(String text);

    void event(Event event);

    /** Called now and then, a few times a second. */
    void update(Status status);

    /** Leaves the terminal as it was found. Harmless when done twice. */
    @Override
    void close();
}
