package io.jenkins.plugins.taskqueue.engine;

import java.nio.charset.StandardCharsets;

/** Cuts a text to its last bytes without splitting a character. */
public final class Tails {
    private Tails() {}

    /** @return the end of the text that is at most so many bytes of UTF-8 long */
    public static String last(String text, int bytes) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= bytes) {
            return text;
        }
        int from = all.length - bytes;
        while (from < all.length && (all[from] & 0xC0) == 0x80) {
            from++;
        }
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }
}
