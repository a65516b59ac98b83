package io.jenkins.plugins.taskqueue.containers.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Bounds what all clients have together: connections, and the bytes of answers that they have not read. Who has waited
 * longest makes room; a client whose answer is being made never does. Thread-safe.
 */
final class Clients implements Connection.Listener {
    static final int MAX_CONNECTIONS = 512;
    static final int MAX_UNREAD_BYTES = 32 * 1024 * 1024;

    /** What is done for a client now; the one that has been in its state longest comes first. */
    private final Map<EndPoint, State> clients = new LinkedHashMap<>();

    /** @param unread bytes of its answer that may not have been read; -1 while the answer is being made */
    private record State(int unread) {
        static final State WAITS = new State(0);
        static final State IS_ANSWERED = new State(-1);
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint oldest;
        synchronized (this) {
            put(connection.getEndPoint(), State.WAITS);
            oldest = clients.size() > MAX_CONNECTIONS ? remove(state -> state.unread() >= 0) : null;
        }
        close(oldest);
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        clients.remove(connection.getEndPoint());
    }

    synchronized void isAnswered(EndPoint client) {
        put(client, State.IS_ANSWERED);
    }

    /** An answer of so many bytes is on its way. */
    void isSent(EndPoint client, int bytes) {
        EndPoint oldest;
        synchronized (this) {
            put(client, new State(bytes));
            long unread = clients.values().stream().mapToLong(State::unread).sum();
            oldest = unread > MAX_UNREAD_BYTES ? remove(state -> state.unread() > 0) : null;
        }
        close(oldest);
    }

    /** The client has read its answer, or is gone. */
    synchronized void waits(EndPoint client) {
        if (client.isOpen() && clients.containsKey(client)) {
            put(client, State.WAITS);
        }
    }

    private void put(EndPoint client, State state) {
        clients.remove(client);
        clients.put(client, state);
    }

    private EndPoint remove(Predicate<State> which) {
        EndPoint oldest = clients.entrySet().stream()
                .filter(client -> which.test(client.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        clients.remove(oldest);
        return oldest;
    }

    /** Not under the lock: it calls back. */
    private static void close(EndPoint client) {
        if (client != null) {
            client.close();
        }
    }
}
