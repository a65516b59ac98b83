package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The network between a queue manager and the API server: a port on loopback that passes everything on until it is cut. */
final class CutNetwork implements AutoCloseable {
    /** What a cut does. */
    enum Cut {
        /** Nothing. */
        NONE,
        /** What is sent is lost, and nobody is told: a firewall that has forgotten the connection, an unplugged switch. */
        SWALLOW,
        /** Connections are reset, and new ones too. */
        RESET,
        /** What is asked comes through, and of the answers no more than their begin: a proxy that hangs. */
        STALL
    }

    private static final int BEGIN = 20;

    private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "network");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile Cut cut = Cut.NONE;

    CutNetwork(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + socket.getLocalPort();
    }

    void cut(Cut how) {
        cut = how;
        if (how == Cut.RESET) {
            sockets.forEach(CutNetwork::reset);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (cut == Cut.RESET) {
                    reset(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                threads.execute(() -> pass(client, server, false));
                threads.execute(() -> pass(server, client, true));
            } catch (IOException closed) {
                // the next one, or none any more
            }
        }
    }

    /** A connection that has lost something never works again. */
    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        boolean lost = false;
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!lost && cut == Cut.STALL && answers) {
                    out.write(buffer, 0, Math.min(count, BEGIN));
                    out.flush();
                }
                lost |= cut == Cut.SWALLOW || cut == Cut.STALL && answers;
                if (!lost) {
                    out.write(buffer, 0, count);
                    out.flush();
                }
            }
            if (lost) {
                Thread.sleep(Long.MAX_VALUE); // nobody is told of its end either
            }
        } catch (IOException | InterruptedException ended) {
            // both ends are closed now
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // as it was to be
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
        sockets.forEach(CutNetwork::reset);
    }
}
