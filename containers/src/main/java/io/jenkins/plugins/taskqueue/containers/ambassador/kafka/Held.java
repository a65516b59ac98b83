package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.kafka.OpenOffsets.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records that are held of the partitions that are assigned, a bounded number. Thread-safe. */
final class Held {
    /** So many bytes of records are in memory, and one poll more. */
    static final long MOST_BYTES = 64L * 1024 * 1024;
    /** What is done behind a long item is only an offset, so more of it may pile up. */
    private static final int DONE_WINDOWS = 20;

    private final int window;
    private final Map<Integer, OpenOffsets<ConsumerRecord<byte[], byte[]>>> partitions = new HashMap<>();
    private long bytes;

    /** @param window the most records that are open at once */
    Held(int window) {
        this.window = window;
    }

    synchronized void assign(Collection<Integer> added) {
        added.forEach(partition -> partitions.put(partition, new OpenOffsets<>()));
    }

    /** What was not committed of them is listed by whoever gets them. */
    synchronized void revoke(Collection<Integer> lost) {
        lost.forEach(partition -> {
            var offsets = partitions.remove(partition);
            if (offsets != null) {
                bytes -= offsets.openRecords().stream().mapToLong(Held::size).sum();
            }
        });
    }

    synchronized Set<Integer> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    synchronized void startAt(int partition, long offset) {
        partitions.computeIfPresent(partition, (same, offsets) -> {
            offsets.startAt(offset);
            return offsets;
        });
    }

    synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        var offsets = partitions.get(record.partition());
        if (offsets != null && (offsets.standing(record.offset()) == Standing.AHEAD)) {
            offsets.take(record.offset(), record);
            bytes += size(record);
        }
    }

    synchronized boolean isFull() {
        var open = partitions.values().stream().mapToInt(OpenOffsets::openCount).sum();
        var done = partitions.values().stream().mapToInt(OpenOffsets::doneCount).sum();
        return open >= window || bytes >= MOST_BYTES || done >= DONE_WINDOWS * window;
    }

    /** @return empty where the partition is not assigned */
    synchronized Optional<Standing> standing(RecordNames.Place place) {
        return Optional.ofNullable(partitions.get(place.partition())).map(offsets -> offsets.standing(place.offset()));
    }

    /** An open record. */
    synchronized Optional<ConsumerRecord<byte[], byte[]>> record(RecordNames.Place place) {
        return Optional.ofNullable(partitions.get(place.partition())).map(offsets -> offsets.record(place.offset()));
    }

    synchronized void done(RecordNames.Place place) {
        var offsets = partitions.get(place.partition());
        var record = offsets == null ? null : offsets.record(place.offset());
        if (record != null) {
            bytes -= size(record);
            offsets.done(place.offset(), keyOnly(record));
        }
    }

    /** Its name is all that is needed of it from now on. */
    private static ConsumerRecord<byte[], byte[]> keyOnly(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), null);
    }

    /** Offsets to be committed, by partition: of these partitions, as far as they are assigned. */
    synchronized Map<Integer, Long> committable(Collection<Integer> of) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (var partition : of) {
            var held = partitions.get(partition);
            if (held != null && held.isToBeCommitted()) {
                offsets.put(partition, held.committable());
            }
        }
        return offsets;
    }

    synchronized void committed(Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partitions.containsKey(partition)) {
                partitions.get(partition).committed(offset);
            }
        });
    }

    /** What is to be listed: what is open, and what is done and could not be committed yet. */
    synchronized List<ConsumerRecord<byte[], byte[]>> listed() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (var offsets : partitions.values()) {
            records.addAll(offsets.openRecords());
            records.addAll(offsets.doneRecords());
        }
        return records;
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return 100L + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
