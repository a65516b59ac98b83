package io.jenkins.plugins.taskqueue.containers.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The size of the controlling terminal, asked for anew every few looks, since windows are resized. One thread. */
final class TtySize implements Supplier<TerminalSize> {
    private static final int LOOKS = 8;

    private TerminalSize last = new TerminalSize(80, 24);
    private int looks;

    @Override
    public TerminalSize get() {
        if (looks++ % LOOKS == 0) {
            last = ask(last);
        }
        return last;
    }

    private static TerminalSize ask(TerminalSize otherwise) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String[] size = answer.trim().split(" ");
            int rows = Integer.parseInt(size[0]);
            int columns = Integer.parseInt(size[1]);
            return rows > 0 && columns > 0 ? new TerminalSize(columns, rows) : otherwise;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return otherwise;
        }
    }
}
