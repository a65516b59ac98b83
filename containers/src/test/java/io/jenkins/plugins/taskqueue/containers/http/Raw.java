package io.jenkins.plugins.taskqueue.containers.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What no well-behaved client sends: bytes as they stand, and as many connections as wanted. */
public final class Raw implements AutoCloseable {
    private final InetSocketAddress address;
    private final List<Socket> sockets = new ArrayList<>();

    public Raw(InetSocketAddress address) {
        this.address = address;
    }

    /** Sends these bytes and leaves it at that. */
    public Socket send(String text) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(address, 5_000);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    public void send(int times, String text) throws IOException {
        for (int i = 0; i < times; i++) {
            send(text);
        }
    }

    /** All that is answered until the connection ends. */
    public String answer(String text) throws IOException {
        return new String(send(text).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public String get(String path, String... headers) throws IOException {
        String more = String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
        return answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n");
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
