package io.jenkins.plugins.taskqueue.containers.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** One client. Only the server's own thread touches it, and nothing of it ever waits. */
final class Connection {
    /** A request that has begun to arrive. */
    static final Duration ARRIVAL = Duration.ofSeconds(5);

    /** Between two requests, and before the first. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** Until the client has read anything more of an answer. */
    static final Duration STALL = Duration.ofSeconds(30);

    /** Until the client has read all of an answer. */
    static final Duration READING = Duration.ofMinutes(5);

    /** Until the client has read the last answer while it still sends. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private static final int MOST_BYTES_AT_ONCE = 256 * 1024;

    private enum State {
        ARRIVES,
        IS_ANSWERED,
        IS_SENT,
        LINGERS
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final RequestReader requests = new RequestReader();
    private State state = State.ARRIVES;
    private ByteBuffer out;
    private boolean last;
    private String method = "GET";
    private long since;
    private long deadline;
    private long longest;

    Connection(SocketChannel channel, SelectionKey key, long now) {
        this.channel = channel;
        this.key = key;
        begin(State.ARRIVES, IDLE, now);
    }

    /** Whether somebody here works for it, so that it is not the client that is waited for. */
    boolean isAnswered() {
        return state == State.IS_ANSWERED;
    }

    /** Whether it has nothing to say and nothing left to hear. */
    boolean isIdle() {
        return state == State.LINGERS || state == State.ARRIVES && requests.isEmpty();
    }

    boolean isSent() {
        return state == State.IS_SENT;
    }

    boolean isLate(long now) {
        return !isAnswered() && now - deadline >= 0;
    }

    long since() {
        return since;
    }

    /** The bytes that are held for an answer that the client has not read to its end. */
    int pending() {
        return isSent() ? out.capacity() : 0;
    }

    /** @return a request that is complete and is to be {@link #answer answered} */
    Optional<Request> read(long now) throws IOException, BadRequestException {
        if (state == State.LINGERS) {
            // Else a reset would overtake the answer.
            if (channel.read(ByteBuffer.allocate(8 * 1024)) < 0) {
                close();
            }
            return Optional.empty();
        }
        boolean first = requests.isEmpty();
        if (requests.read(channel) < 0) {
            close();
            return Optional.empty();
        }
        if (first && !requests.isEmpty()) {
            begin(State.ARRIVES, ARRIVAL, now);
        }
        return next(now);
    }

    private Optional<Request> next(long now) throws BadRequestException {
        Optional<Request> request = requests.next();
        request.ifPresent(whole -> {
            method = whole.method();
            last = requests.last();
            begin(State.IS_ANSWERED, IDLE, now);
        });
        return request;
    }

    /** @return the next request, where it had come behind the one that is answered now */
    Optional<Request> answer(Answer answer, boolean closing, long now) throws IOException, BadRequestException {
        last |= closing;
        out = answer.bytes(method, last);
        begin(State.IS_SENT, STALL, now);
        longest = now + READING.toNanos();
        return write(now);
    }

    /** @return as {@link #answer} */
    Optional<Request> write(long now) throws IOException, BadRequestException {
        int end = out.limit();
        // What is written at once is copied first.
        out.limit(Math.min(end, out.position() + MOST_BYTES_AT_ONCE));
        int written = channel.write(out);
        out.limit(end);
        if (written > 0) {
            deadline = Math.min(now + STALL.toNanos(), longest);
        }
        if (out.hasRemaining()) {
            return Optional.empty();
        }
        out = null;
        if (last) {
            channel.shutdownOutput();
            begin(State.LINGERS, LINGER, now);
            return Optional.empty();
        }
        begin(State.ARRIVES, requests.isEmpty() ? IDLE : ARRIVAL, now);
        return next(now);
    }

    private void begin(State next, Duration most, long now) {
        state = next;
        since = now;
        deadline = now + most.toNanos();
        if (key.isValid()) {
            key.interestOps(
                    switch (next) {
                        case ARRIVES, LINGERS -> SelectionKey.OP_READ;
                        case IS_ANSWERED -> 0;
                        case IS_SENT -> SelectionKey.OP_WRITE;
                    });
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
