package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.OpenOffsets.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic as a member of the group. Used by one thread. */
final class KafkaReader implements ConsumerRebalanceListener, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaSettings settings;
    private final Consumer<byte[], byte[]> consumer;
    private final DeadLetters dead;
    private final Held held;
    private boolean joined;

    KafkaReader(KafkaSettings settings, Consumer<byte[], byte[]> consumer, DeadLetters dead, Held held) {
        this.settings = settings;
        this.consumer = consumer;
        this.dead = dead;
        this.held = held;
        consumer.subscribe(Set.of(settings.topic()), this);
    }

    /**
     * Takes what there is, for a moment. To be called again and again: that keeps the membership alive, also while the
     * window is full and nothing is taken, however long an item may take. That is its lease.
     */
    void poll() {
        if (held.isFull()) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        consumer.poll(POLL).forEach(held::take);
    }

    /** Returns when all that was in the topic when this was called is held, or the window is full. */
    void catchUp() throws ItemsException {
        var deadline = System.nanoTime() + settings.patience().toNanos();
        try {
            requireTopic();
            Map<TopicPartition, Long> ends = Map.of();
            do {
                poll();
                if (!ends.keySet().equals(consumer.assignment())) {
                    ends = consumer.endOffsets(consumer.assignment(), settings.patience());
                }
                if (System.nanoTime() - deadline > 0) {
                    throw ItemsException.unavailable(
                            settings
                                    + (joined
                                            ? " is not read to its end yet"
                                            : " has not let this ambassador join the group " + settings.group()
                                                    + " yet")
                                    + ": it is asked again.",
                            null);
                }
            } while (!joined || (!held.isFull() && isBehind(ends)));
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private void requireTopic() throws ItemsException {
        if (held.partitions().isEmpty()
                && consumer.partitionsFor(settings.topic(), settings.patience()).isEmpty()) {
            throw ItemsException.unavailable(
                    "There is no topic " + settings.topic() + " in Kafka " + settings.bootstrap()
                            + ": create it, or correct --topic.",
                    null);
        }
    }

    private boolean isBehind(Map<TopicPartition, Long> ends) {
        for (var partition : consumer.assignment()) {
            var position = consumer.position(partition, settings.patience());
            held.startAt(partition.partition(), position);
            if (!ends.containsKey(partition) || position < ends.get(partition)) {
                return true;
            }
        }
        return false;
    }

    /** @param reason why the item failed; null where it is done */
    void tell(RecordNames.Place place, String reason) throws ItemsException, InterruptedException {
        var standing = held.standing(place);
        if (standing.isEmpty() || standing.get() == Standing.AHEAD) {
            throw ItemsException.unavailable(
                    "The partition " + place.partition() + " of " + settings
                            + (standing.isEmpty() ? " is with another member of the group" : " is not read so far")
                            + " now: what became of its items is heard when that has changed.",
                    null);
        }
        if (standing.get() == Standing.PAST) {
            throw ItemsException.unknown("The offset " + place.offset() + " of the partition " + place.partition()
                    + " has been committed before, or there is no such record.");
        }
        if (reason != null && standing.get() == Standing.OPEN) {
            dead.add(held.record(place).orElseThrow(), reason);
        }
        held.done(place);
        try {
            commit(held.partitions());
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private void commit(Collection<Integer> partitions) {
        var offsets = held.committable(partitions);
        if (!offsets.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
            offsets.forEach((partition, offset) ->
                    commit.put(new TopicPartition(settings.topic(), partition), new OffsetAndMetadata(offset)));
            consumer.commitSync(commit, settings.patience());
            held.committed(offsets);
        }
    }

    private ItemsException unreachable(KafkaException e) {
        return ItemsException.unavailable(
                settings + " can't be asked now (" + e.getMessage()
                        + "): see that the broker is there, and that this group" + " may read. Nothing is lost.",
                e);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        joined = true;
        held.assign(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            commit(numbers(partitions));
        } catch (KafkaException lost) {
            // Whoever gets them lists their items again, and is told again.
        }
        held.revoke(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        joined = false;
        held.revoke(numbers(partitions));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(settings.patience()));
        dead.close();
    }
}
