package io.jenkins.plugins.taskqueue.containers.web;

import io.jenkins.plugins.taskqueue.containers.http.Answer;
import io.jenkins.plugins.taskqueue.containers.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compresses an answer where that pays and the reader can read it. */
final class Compression {
    private static final int WORTH_COMPRESSING = 1024;

    private Compression() {}

    static Answer of(Answer answer, Request request) {
        if (answer.body().length < WORTH_COMPRESSING || !reads(request.header("Accept-Encoding"))) {
            return answer;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(answer.body().length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return new Answer(answer.status(), answer.headers(), out.toByteArray()).with("Content-Encoding", "gzip");
    }

    private static boolean reads(String accepted) {
        return accepted != null && accepted.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }
}
