package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The topic of what failed. Connects when it is first needed. Used by one thread. */
final class DeadLetters implements AutoCloseable {
    private final KafkaSettings settings;
    private Producer<byte[], byte[]> producer;

    DeadLetters(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Returns when all replicas that are in sync have the record. */
    void add(ConsumerRecord<byte[], byte[]> failed, String reason) throws ItemsException, InterruptedException {
        var letter = new ProducerRecord<>(settings.dead(), failed.key(), failed.value());
        failed.headers().forEach(header -> letter.headers().add(header));
        header(letter, "topic", failed.topic());
        header(letter, "partition", String.valueOf(failed.partition()));
        header(letter, "offset", String.valueOf(failed.offset()));
        header(letter, "reason", reason);
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(settings.producer());
            }
            producer.send(letter).get();
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    private ItemsException refused(Throwable cause) {
        var advice = cause instanceof RecordTooLargeException
                ? "raise its max.message.bytes to that of " + settings.topic() + "."
                : "see that it is there and may be written to.";
        return ItemsException.unavailable(
                "What failed can't be put aside in the topic " + settings.dead() + " (" + cause.getMessage() + "): "
                        + advice,
                cause);
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add("taskqueue." + name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(settings.patience());
        }
    }
}
