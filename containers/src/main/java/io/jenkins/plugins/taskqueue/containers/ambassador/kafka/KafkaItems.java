package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.ambassador.Pages;
import io.jenkins.plugins.taskqueue.containers.ambassador.Values;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a topic that its group has not done yet. What is done is in Kafka alone, as the group's offsets: an
 * offset is committed when all before it are done. A thread of its own reads, since Kafka's client knows one only.
 */
public final class KafkaItems implements Items {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaItems.class);
    private static final long AFTER_TROUBLE_MILLIS = 1000;

    private final KafkaSettings settings;
    private final RecordNames names;
    private final Held held;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::read, "kafka");
    private volatile boolean closed;

    private interface Call {
        void make(KafkaReader reader) throws ItemsException, InterruptedException;
    }

    private record Task(Call call, CompletableFuture<Void> end) {}

    KafkaItems(KafkaSettings settings) {
        this.settings = settings;
        this.names = new RecordNames(settings.topic(), settings.byKey());
        this.held = new Held(settings.window());
    }

    KafkaItems start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void read() {
        try (var reader =
                new KafkaReader(settings, new KafkaConsumer<>(settings.consumer()), new DeadLetters(settings), held)) {
            while (!closed) {
                try {
                    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                        carryOut(task, reader);
                    }
                    reader.poll();
                } catch (KafkaException e) {
                    LOG.warn("{} can't be read now, trying again: {}", settings, e.getMessage());
                    var task = tasks.poll(AFTER_TROUBLE_MILLIS, TimeUnit.MILLISECONDS);
                    if (task != null) {
                        carryOut(task, reader);
                    }
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("{} is not read any more: start the ambassador again", settings, e);
        } finally {
            closed = true;
        }
    }

    private static void carryOut(Task task, KafkaReader reader) throws InterruptedException {
        try {
            task.call().make(reader);
            task.end().complete(null);
        } catch (ItemsException | RuntimeException e) {
            task.end().completeExceptionally(e);
        }
    }

    private void inThread(Call call) throws ItemsException, InterruptedException {
        var end = new CompletableFuture<Void>();
        tasks.add(new Task(call, end));
        try {
            end.get(closed ? 0 : 2 * settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw ItemsException.unavailable(
                    closed
                            ? settings + " is not read any more: start the ambassador again."
                            : settings + " did not answer in time: it is asked again.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ItemsException sentence) {
                throw sentence;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Page list(String token, int limit) throws ItemsException, InterruptedException {
        if (token.isEmpty()) {
            inThread(KafkaReader::catchUp);
        }
        var listed = held.listed().stream()
                .map(names::name)
                .sorted(RecordNames::compare)
                .toList();
        return Pages.of(listed, RecordNames::compare, token, limit);
    }

    @Override
    public Optional<String> data(String name) {
        return RecordNames.place(name)
                .flatMap(held::record)
                .filter(record -> names.name(record).equals(name))
                .map(KafkaItems::json);
    }

    private static String json(ConsumerRecord<byte[], byte[]> record) {
        var headers = new StringJoiner(",", "{", "}");
        // Of two with one name the last counts, as in Kafka's own lastHeader.
        record.headers().forEach(header -> {
            if (record.headers().lastHeader(header.key()) == header) {
                headers.add(Values.quoted(header.key()) + ":" + Values.text(header.value()));
            }
        });
        return "{\"topic\":" + Values.quoted(record.topic())
                + ",\"partition\":" + record.partition()
                + ",\"offset\":" + record.offset()
                + ",\"timestamp\":" + record.timestamp()
                + ",\"key\":" + Values.text(record.key())
                + ",\"headers\":" + headers
                + ",\"value\":" + Values.json(record.value()) + "}";
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public void done(String name) throws ItemsException, InterruptedException {
        tell(name, null);
    }

    @Override
    public void failed(String name, String reason) throws ItemsException, InterruptedException {
        tell(name, reason);
    }

    private void tell(String name, String reason) throws ItemsException, InterruptedException {
        var place = RecordNames.place(name)
                .orElseThrow(() -> ItemsException.unknown("There is no record of this name in " + settings + "."));
        inThread(reader -> reader.tell(place, reason));
    }

    @Override
    public String describe() {
        return settings.toString();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(settings.patience().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
