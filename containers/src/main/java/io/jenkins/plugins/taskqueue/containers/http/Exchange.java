package io.jenkins.plugins.taskqueue.containers.http;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Between Jetty and those who make the answers: takes in a whole request, and sends an answer. Never waits. */
final class Exchange extends Handler.Abstract.NonBlocking {
    private final Workers workers;
    private final Clients clients;

    Exchange(Workers workers, Clients clients) {
        this.workers = workers;
        this.clients = clients;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        if (request.getLength() > WebServer.MAX_BODY_BYTES) {
            send(client, tooLarge(), response, callback);
            return true;
        }
        // The time that an answer takes to be made is not the client's.
        request.addIdleTimeoutListener(late -> false);
        Promise.Invocable<byte[]> whole =
                Promise.Invocable.from(Invocable.InvocationType.NON_BLOCKING, (body, failure) -> {
                    if (failure != null) {
                        send(client, tooLarge(), response, callback);
                    } else {
                        clients.isAnswered(client);
                        workers.answer(read(request, body), answer -> send(client, answer, response, callback));
                    }
                });
        Content.Source.asByteArrayAsync(request, WebServer.MAX_BODY_BYTES, whole);
        return true;
    }

    private static Answer tooLarge() {
        return Answer.text(
                        413,
                        "The request's body has more than " + WebServer.MAX_BODY_BYTES
                                + " bytes, or did not arrive whole.")
                .with("Connection", "close");
    }

    private static Request read(org.eclipse.jetty.server.Request request, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach(field -> headers.merge(
                        field.getName().toLowerCase(Locale.ROOT), field.getValue(), (one, two) -> one + ", " + two));
        HttpURI uri = request.getHttpURI();
        return new Request(request.getMethod(), uri.getPath(), uri.getQuery(), headers, body);
    }

    private void send(EndPoint client, Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        if (answer.status() != 204 && answer.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        }
        clients.isSent(client, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), Callback.from(() -> clients.waits(client), callback));
    }
}
