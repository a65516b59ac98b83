package io.jenkins.plugins.taskqueue.containers.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hands connections from the node's pods on to a server that listens on loopback alone. */
final class Relay implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final int target;

    /**
     * @param address that the pods reach
     * @param port there; 0 for any
     * @param target port on loopback
     */
    Relay(InetAddress address, int port, int target) throws IOException {
        this.target = target;
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port));
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket pod = socket.accept();
                threads.execute(() -> connect(pod));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket pod) {
        try (pod;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            pod.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> copy(pod, server));
            copy(server, pod);
        } catch (IOException serverIsAway) {
            // The pod's connection is closed, which is what it would see of such a server.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException ended) {
            // Both ends are closed now.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
