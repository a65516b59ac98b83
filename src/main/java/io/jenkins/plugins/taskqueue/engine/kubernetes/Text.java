package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts text to a number of UTF-8 bytes, at the boundary of a character. */
final class Text {
    private Text() {}

    /** The beginning of a text, at most so many bytes. */
    static String head(String text, int bytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= bytes) {
            return text;
        }
        int end = bytes;
        while (end > 0 && continues(all[end])) {
            end--;
        }
        return new String(all, 0, end, StandardCharsets.UTF_8);
    }

    /** The end of a text, at most so many bytes. */
    static String tail(String text, int bytes) {
        return tail(text.getBytes(StandardCharsets.UTF_8), bytes);
    }

    static String tail(byte[] utf8, int bytes) {
        int start = Math.max(0, utf8.length - bytes);
        while (start > 0 && start < utf8.length && continues(utf8[start])) {
            start++;
        }
        return new String(Arrays.copyOfRange(utf8, start, utf8.length), StandardCharsets.UTF_8);
    }

    private static boolean continues(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }
}
