package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer while it arrives: at most one part of it is in memory. Reading it ends with an exception at a
 * deadline and at a number of bytes. The client's own time-out ends at the answer's headers (JDK-8258397), so that a
 * source which stalls in the middle of its answer would hold the reader for ever.
 *
 * <p>Read and closed by one thread; the client's threads fill it.
 */
final class Body extends InputStream implements BodySubscriber<InputStream> {
    private static final Object END = new Object();

    private final long limit;
    private final long deadlineNanos;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private final ArrayDeque<ByteBuffer> part = new ArrayDeque<>();
    private long count;
    private boolean ended;

    /** @param deadlineNanos in terms of {@link System#nanoTime} */
    Body(long limit, long deadlineNanos) {
        this.limit = limit;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription.complete(given);
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(failure);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended && (part.isEmpty() || !part.peek().hasRemaining())) {
            if (part.isEmpty()) {
                next();
            } else {
                part.remove();
            }
        }
        if (ended) {
            return -1;
        }
        int read = Math.min(length, part.element().remaining());
        part.element().get(into, offset, read);
        count += read;
        if (count > limit) {
            throw new TooLarge();
        }
        return read;
    }

    @SuppressWarnings("unchecked")
    private void next() throws IOException {
        Object given;
        try {
            given = arrived.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (given == null) {
            throw new HttpTimeoutException("the answer stalled");
        } else if (given == END) {
            ended = true;
        } else if (given instanceof Throwable failure) {
            throw new IOException(failure.getMessage(), failure);
        } else {
            part.addAll((List<ByteBuffer>) given);
            subscription.join().request(1);
        }
    }

    /** Gives the connection up where the answer has not been read to its end. */
    @Override
    public void close() {
        if (!ended) {
            subscription.thenAccept(Subscription::cancel);
        }
    }

    /** The answer has more bytes than the limit. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {}

        /** @param what what there is too much of, as the end of "gave …" */
        TooLarge(String what) {
            super(what);
        }
    }
}
