package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** An item's name as one segment of a URL's path, and back (RFC 3986, section 2). */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Encodes every byte that is not unreserved. In the segments "." and "..", which mean something else, the dots too. */
    public static String encode(String name) {
        boolean dots = name.equals(".") || name.equals("..");
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b) && !dots) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
        }
        return out.toString();
    }

    /** @throws IllegalArgumentException with a sentence, where an escape is cut off or the bytes are no UTF-8 */
    public static String decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(hex(segment, i + 1) << 4 | hex(segment, i + 2));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("\"" + segment + "\" is not percent-encoded UTF-8.", e);
        }
    }

    private static int hex(String segment, int at) {
        int digit = at < segment.length() ? Character.digit(segment.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("\"" + segment + "\" has a % without two hexadecimal digits after it.");
        }
        return digit;
    }

    private static boolean isUnreserved(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || UNRESERVED.indexOf(b) >= 0;
    }
}
