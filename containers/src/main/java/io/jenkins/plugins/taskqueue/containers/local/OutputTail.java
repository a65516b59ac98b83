package io.jenkins.plugins.taskqueue.containers.local;

import java.nio.charset.StandardCharsets;

/** The last bytes of a worker's output; what came before is forgotten. Any thread. */
final class OutputTail {
    private final byte[] ring;
    private long written;

    OutputTail(int bytes) {
        ring = new byte[bytes];
    }

    synchronized void append(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % ring.length)] = bytes[i];
        }
    }

    /** The end of the output as text, at most {@code limit} bytes of it, beginning with a whole character. */
    synchronized String text(int limit) {
        int length = (int) Math.min(written, Math.min(limit, ring.length));
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % ring.length)];
        }
        int begin = 0;
        while (length < written && begin < length && isContinuation(tail[begin])) {
            begin++;
        }
        return new String(tail, begin, length - begin, StandardCharsets.UTF_8);
    }

    /** The first {@code limit} bytes as text, without a character that the cut would break. */
    static String head(byte[] bytes, int limit) {
        int end = Math.min(bytes.length, limit);
        while (end < bytes.length && end > 0 && isContinuation(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isContinuation(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
