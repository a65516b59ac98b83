package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.QueueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acts on a queue: the identity names a process so exactly that one on the same machine can tell when it has died.
 * Boot id and PID namespace say where its pid counts; the start time says that the pid was not given to another since.
 *
 * @param host for people
 * @param where boot id and PID namespace; empty where the machine does not tell
 * @param instance tells apart several connections of one process, and behind a dot its queues
 */
record Holder(String host, String where, long pid, long startMillis, String instance) {
    private static final String SEPARATOR = "/";

    static Holder current() {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                hostName(),
                pidSpace(),
                self.pid(),
                start(self),
                UUID.randomUUID().toString());
    }

    /** One of this process' queues. */
    Holder queue(int number) {
        return new Holder(host, where, pid, startMillis, instance + "." + number);
    }

    /** Name of the Lease of all queues of a process in a namespace. */
    String lease() {
        String process = new Holder(host, where, pid, startMillis, instance.replaceFirst("\\..*", "")).identity();
        return "tq-manager-" + QueueId.hash(process, 26);
    }

    String identity() {
        return String.join(SEPARATOR, host, where, Long.toString(pid), Long.toString(startMillis), instance);
    }

    static Optional<Holder> parse(String identity) {
        String[] parts = identity.split(SEPARATOR, -1);
        try {
            return parts.length == 5
                    ? Optional.of(new Holder(
                            parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), parts[4]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether this holder's process is known to be no more, as seen by another one. */
    boolean isKnownDeadTo(Holder other) {
        if (where.isEmpty() || !where.equals(other.where)) {
            return false;
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> start(process) != startMillis)
                .orElse(true);
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        String host = read(Path.of("/proc/sys/kernel/hostname"));
        return host.isEmpty() ? "unknown" : host.replace(SEPARATOR, "-");
    }

    private static String pidSpace() {
        String boot = read(Path.of("/proc/sys/kernel/random/boot_id"));
        try {
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot.isEmpty() ? "" : boot + " " + namespace;
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
