package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The answer to a watch: lines, each of which is an event. */
final class Events<T extends HasMetadata> implements Answer.Sink {
    private static final Logger LOGGER = Logger.getLogger(Events.class.getName());
    private static final byte[] QUEUE = ("\"" + Keys.QUEUE + "\":\"").getBytes(StandardCharsets.UTF_8);
    private static final int FIRST = 16 * 1024;

    private final Class<T> kind;
    private final Predicate<String> isWanted;
    private final BiConsumer<String, T> onEvent;
    private final Runnable onBegun;
    private byte[] line = new byte[FIRST];
    private int length;

    /**
     * @param isWanted whether anybody wants to hear of a queue; what is of other queues is not read
     * @param onEvent gets {@code ADDED}, {@code MODIFIED}, {@code DELETED} or {@code BOOKMARK}, and the object
     * @param onBegun told that the server agrees to watch
     */
    Events(Class<T> kind, Predicate<String> isWanted, BiConsumer<String, T> onEvent, Runnable onBegun) {
        this.kind = kind;
        this.isWanted = isWanted;
        this.onEvent = onEvent;
        this.onBegun = onBegun;
    }

    @Override
    public void begun() {
        onBegun.run();
    }

    @Override
    public void take(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n') {
                tell();
                length = 0;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = bytes[i];
            }
        }
    }

    private void tell() {
        if (!isWanted()) {
            return;
        }
        LeanJson.Event<T> event;
        try {
            event = LeanJson.event(line, length, kind);
        } catch (IOException | RuntimeException e) {
            // Asking for the same event again would bring it again.
            LOGGER.log(Level.WARNING, e, () -> "An event of a " + kind.getSimpleName() + " could not be read");
            return;
        }
        if (event.error() != null) {
            throw new KubernetesClientException(
                    event.error().getMessage(), event.error().getCode(), event.error());
        }
        onEvent.accept(event.type(), event.object());
    }

    /** A string in JSON has no bare quotation marks, so what is found is a label; and what has none is no object of ours. */
    private boolean isWanted() {
        int found = find();
        if (found < 0) {
            return true;
        }
        int end = found;
        while (end < length && line[end] != '"') {
            end++;
        }
        return isWanted.test(new String(line, found, end - found, StandardCharsets.UTF_8));
    }

    private int find() {
        for (int i = 0; i + QUEUE.length < length; i++) {
            if (line[i] == QUEUE[0] && Arrays.equals(line, i, i + QUEUE.length, QUEUE, 0, QUEUE.length)) {
                return i + QUEUE.length;
            }
        }
        return -1;
    }
}
