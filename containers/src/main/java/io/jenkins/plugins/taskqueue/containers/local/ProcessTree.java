package io.jenkins.plugins.taskqueue.containers.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process and whatever it started. A child whose parent has ended is no descendant any more; on Linux it is still
 * found by a variable that it inherited, as long as nobody cleared its environment.
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    /** A tree that forks while it is being killed needs more than one look. */
    private static final int LOOKS = 20;

    private final ProcessHandle root;
    private final String marker;

    /** @param marker a {@code NAME=value} that is in the environment of this tree and of no other */
    ProcessTree(ProcessHandle root, String marker) {
        this.root = root;
        this.marker = "\0" + marker + "\0";
    }

    /** Asks every process to end (SIGTERM). */
    void terminate() {
        members().forEach(ProcessHandle::destroy);
    }

    /** Ends every process (SIGKILL). */
    void kill() {
        for (int look = 0; look < LOOKS; look++) {
            Set<ProcessHandle> members = members();
            if (members.isEmpty()) {
                return;
            }
            members.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Set<ProcessHandle> members() {
        Set<ProcessHandle> members =
                Stream.concat(Stream.of(root), root.descendants()).collect(Collectors.toSet());
        if (Files.isDirectory(PROC)) {
            ProcessHandle.allProcesses().filter(this::hasMarker).forEach(members::add);
        }
        members.removeIf(process -> !process.isAlive());
        return members;
    }

    private boolean hasMarker(ProcessHandle process) {
        try {
            byte[] environment =
                    Files.readAllBytes(PROC.resolve(process.pid() + "").resolve("environ"));
            return ("\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0").contains(marker);
        } catch (IOException e) {
            return false; // Another user's process, or one that has ended meanwhile: none of this tree.
        }
    }
}
