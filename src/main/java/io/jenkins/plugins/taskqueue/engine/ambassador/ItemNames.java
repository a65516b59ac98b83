package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.util.Optional;

/** The rule for items' names in a listing. A name with a NUL is no fault of the listing: the loop FAILS that one item. */
public final class ItemNames {
    /** The longest name, in Unicode code points. */
    public static final int MAX_LENGTH = 1024;

    private static final int SHOWN = 60;

    private ItemNames() {}

    /** What is wrong with a name, as the end of a sentence; empty where it is right. */
    public static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("an item with an empty name");
        }
        int length = name.codePointCount(0, name.length());
        if (length > MAX_LENGTH) {
            return Optional.of("an item whose name has " + length + " characters, more than " + MAX_LENGTH + " ("
                    + shown(name) + ")");
        }
        if (hasHalfOfAPair(name)) {
            return Optional.of(
                    "an item whose name is not Unicode: it has half of a surrogate pair (" + shown(name) + ")");
        }
        return Optional.empty();
    }

    // In a plain loop: it goes through every name of every listing.
    private static boolean hasHalfOfAPair(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))
                    && Character.getType(name.codePointAt(i++)) == Character.SURROGATE) {
                return true;
            }
        }
        return false;
    }

    /** A name for a sentence: quoted, cut, and without what could forge a line of a log. */
    public static String shown(String name) {
        return shown(name, SHOWN);
    }

    static String shown(String text, int most) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(most).map(point -> isPlain(point) ? point : '?').forEach(out::appendCodePoint);
        return out.append(text.codePointCount(0, text.length()) > most ? "…\"" : "\"")
                .toString();
    }

    /** Line separators and the marks that reverse the reading order are no letters of a name's, in a sentence. */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
