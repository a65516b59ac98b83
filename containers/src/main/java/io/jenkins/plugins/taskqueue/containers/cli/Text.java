package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.function.IntUnaryOperator;

/** Text for a terminal. What others chose, such as an item's name, must neither steer the terminal nor break a line. */
final class Text {
    private static final String CUT = "…";

    private Text() {}

    /** The text on one line, with what would steer a terminal replaced. */
    static String clean(String text) {
        return map(text, point -> isWhite(point) ? ' ' : isUnsafe(point) ? '\uFFFD' : point);
    }

    /** As {@link #clean}, but lines stay lines. */
    static String cleanLines(String text) {
        return map(text, point -> point != '\n' && point != '\t' && isUnsafe(point) ? '\uFFFD' : point);
    }

    private static String map(String text, IntUnaryOperator change) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(change).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isWhite(int point) {
        return point == '\n' || point == '\r' || point == '\t';
    }

    private static boolean isUnsafe(int point) {
        boolean turnsDirection = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || turnsDirection
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /** How many columns a terminal needs for it. */
    static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    private static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    /** The ranges of East Asian width W and F, and of emoji, as far as terminals agree (Unicode, UAX 11). */
    private static boolean isWide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xF900 && point <= 0xFAFF
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0xFFE0 && point <= 0xFFE6
                || point >= 0x1F300 && point <= 0x1F64F
                || point >= 0x1F680 && point <= 0x1F6FF
                || point >= 0x1F900 && point <= 0x1FAFF
                || point >= 0x20000 && point <= 0x3FFFD;
    }

    /** At most so many columns of it; what is cut is shown by an ellipsis. */
    static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int room = columns - 1;
        for (int point : text.codePoints().toArray()) {
            room -= columns(point);
            if (room < 0) {
                break;
            }
            out.appendCodePoint(point);
        }
        return columns < 1 ? "" : out + CUT;
    }

    /** Cut or filled up with spaces to exactly so many columns. */
    static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - columns(cut));
    }

    /** An item's name as an argument of a shell's command line. */
    static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
