package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.Event;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Paints the progress over itself at the bottom of a terminal. Each frame is written at once, so nothing flickers. */
final class LiveDisplay implements Display {
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";
    private static final String CLEAR_TO_LINE_END = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final int FAILURES = 3;

    private final PrintWriter terminal;
    private final Supplier<TerminalSize> size;
    private final InstantSource clock;
    private final Deque<Event.Ended> failures = new ArrayDeque<>();
    private int painted;
    private boolean closed;

    LiveDisplay(PrintWriter terminal, Supplier<TerminalSize> size, InstantSource clock) {
        this.terminal = terminal;
        this.size = size;
        this.clock = clock;
    }

    @Override
    public synchronized void line(String text) {
        write(erase() + Text.clean(text) + "\n");
    }

    @Override
    public synchronized void event(Event event) {
        if (event instanceof Event.Ended ended && ended.state() == ItemState.FAILED) {
            failures.addLast(ended);
            if (failures.size() > FAILURES) {
                failures.removeFirst();
            }
        } else if (event instanceof Event.Notice notice && !closed) {
            line(notice.sentence());
        } else if (event instanceof Event.SourceFailed failed && !closed) {
            line(failed.sentence());
        }
    }

    @Override
    public synchronized void update(Status status) {
        if (closed) {
            return;
        }
        List<String> frame = ProgressFrame.lines(status, List.copyOf(failures), clock.instant(), size.get());
        StringBuilder out = new StringBuilder(painted == 0 ? HIDE_CURSOR : up());
        frame.forEach(text -> out.append(text).append(CLEAR_TO_LINE_END).append('\n'));
        write(out.append(CLEAR_BELOW).toString());
        painted = frame.size();
    }

    private String up() {
        return "\033[" + painted + "A\r";
    }

    /** Takes the frame away: the next one is painted below what is written now. */
    private String erase() {
        String text = painted == 0 ? "" : up() + CLEAR_BELOW;
        painted = 0;
        return text;
    }

    private void write(String text) {
        terminal.write(text);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            write(erase() + SHOW_CURSOR);
        }
    }
}
