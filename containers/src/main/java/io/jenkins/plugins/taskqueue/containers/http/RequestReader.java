package io.jenkins.plugins.taskqueue.containers.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Makes requests of the bytes of one connection as they come, and never holds more than one request may have. */
final class RequestReader {
    static final int MOST_HEAD_BYTES = 16 * 1024;

    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private int searched;
    private int bodyBegin;
    private Head head;
    private boolean last;

    /** Whether nothing of a further request has come. */
    boolean isEmpty() {
        return length == 0;
    }

    /** Whether the request that was given last wants the connection closed behind its answer. */
    boolean last() {
        return last;
    }

    /** @return as of {@link ReadableByteChannel#read} */
    int read(ReadableByteChannel channel) throws IOException {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * length, MOST_HEAD_BYTES + Head.MOST_BODY_BYTES));
        }
        int count = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
        length += Math.max(0, count);
        return count;
    }

    /** The next request, once all of it is there. */
    Optional<Request> next() throws BadRequestException {
        if (head == null && !readHead()) {
            return Optional.empty();
        }
        int end = bodyBegin + head.bodyLength();
        if (length < end) {
            return Optional.empty();
        }
        String[] target = head.target().split("\\?", 2);
        Request request = new Request(
                head.method(),
                target[0],
                target.length == 1 ? null : target[1],
                head.headers(),
                Arrays.copyOfRange(bytes, bodyBegin, end));
        last = head.last();
        length -= end;
        bytes = Arrays.copyOfRange(bytes, end, end + Math.max(FIRST_BYTES, length));
        head = null;
        searched = 0;
        return Optional.of(request);
    }

    private boolean readHead() throws BadRequestException {
        while (length > 1 && bytes[0] == '\r' && bytes[1] == '\n') {
            // Some clients end a body with a line that they did not count (RFC 9112, section 2.2).
            System.arraycopy(bytes, 2, bytes, 0, length -= 2);
            searched = 0;
        }
        for (; searched + 3 < length; searched++) {
            if (bytes[searched] == '\r'
                    && bytes[searched + 1] == '\n'
                    && bytes[searched + 2] == '\r'
                    && bytes[searched + 3] == '\n') {
                head = Head.parse(new String(bytes, 0, searched, StandardCharsets.ISO_8859_1));
                bodyBegin = searched + 4;
                return true;
            }
            if (searched >= MOST_HEAD_BYTES) {
                throw new BadRequestException(431, "The request's head has more than " + MOST_HEAD_BYTES + " bytes.");
            }
        }
        return false;
    }
}
