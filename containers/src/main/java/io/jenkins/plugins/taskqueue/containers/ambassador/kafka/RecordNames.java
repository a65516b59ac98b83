package io.jenkins.plugins.taskqueue.containers.ambassador.kafka;

import io.jenkins.plugins.taskqueue.containers.ambassador.Values;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The names of a topic's records: {@code topic/partition/offset}, or {@code key@partition/offset}, so that no two records
 * have one name though they have one key.
 */
record RecordNames(String topic, boolean byKey) {
    private static final int LONGEST_KEY = 900;
    private static final Pattern PLACE = Pattern.compile(".*[/@]([0-9]{1,9})/([0-9]{1,18})", Pattern.DOTALL);

    /** Where a record is. */
    record Place(int partition, long offset) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    String name(ConsumerRecord<byte[], byte[]> record) {
        return key(record).map(key -> key + "@").orElse(topic + "/") + record.partition() + "/" + record.offset();
    }

    /** A key that makes a name for people: text, not too long and without control characters. */
    private Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key())
                .filter(key -> byKey)
                .flatMap(Values::decoded)
                .filter(key -> !key.isBlank() && key.length() <= LONGEST_KEY)
                .filter(key -> key.chars().noneMatch(Character::isISOControl));
    }

    /** Where the record of this name is; empty where it is the name of none. */
    static Optional<Place> place(String name) {
        var parts = PLACE.matcher(name);
        return parts.matches()
                ? Optional.of(new Place(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    static int compare(String one, String other) {
        return order(one).compareTo(order(other));
    }

    private static Place order(String name) {
        return place(name).orElseThrow(() -> new IllegalArgumentException("no name of a record"));
    }
}
