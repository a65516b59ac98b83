package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One answer of the API server as it comes in, and how long it has been silent. */
final class Answer {
    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private final Transport.Patience patience;
    private final Sink sink;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private volatile long heard = begun;
    private volatile boolean good;

    /** Takes what came. What it throws ends the answer. */
    interface Sink {
        void take(byte[] bytes, int offset, int length) throws IOException;

        /** The server agrees to answer. */
        default void begun() {}
    }

    Answer(Transport.Patience patience, Sink sink) {
        this.patience = patience;
        this.sink = sink;
    }

    /** Lets the body come; before, nothing of it is told. */
    void begin(AsyncBody body, boolean isGood) {
        heard = System.nanoTime();
        good = isGood;
        if (good) {
            sink.begun();
        }
        body.done().whenComplete((nothing, failure) -> {
            if (failure == null) {
                end.complete(null);
            } else {
                end.completeExceptionally(failure);
            }
        });
        body.consume();
    }

    /** An Error that got through to the client's threads would end the answer without a word. */
    void take(List<ByteBuffer> buffers, AsyncBody body) {
        try {
            heard = System.nanoTime();
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                if (good) {
                    sink.take(bytes, 0, bytes.length);
                } else {
                    refusal.write(bytes, 0, Math.min(bytes.length, MOST_OF_A_REFUSAL - refusal.size()));
                }
            }
            body.consume();
        } catch (Throwable e) {
            end.completeExceptionally(e);
        }
    }

    CompletableFuture<Void> end() {
        return end;
    }

    byte[] refusal() {
        return refusal.toByteArray();
    }

    /** Waits as long as the patience lasts. */
    <T> T await(Future<T> step) throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            long now = System.nanoTime();
            long silence = heard + patience.silence().toNanos() - now;
            long whole = begun + patience.whole().toNanos() - now;
            if (Math.min(silence, whole) <= 0) {
                throw new TimeoutException(
                        whole <= 0
                                ? "no end of the answer in " + patience.whole().toSeconds() + " s"
                                : "no answer in " + patience.silence().toSeconds() + " s");
            }
            try {
                return step.get(Math.min(silence, whole), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // unless something was heard meanwhile, the next round ends it
            }
        }
    }
}
