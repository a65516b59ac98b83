package io.jenkins.plugins.taskqueue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What is answered to the table and to scripts: never a page, never kept by a proxy without asking again. */
final class Answer implements HttpResponse {
    private final int code;
    private final String type;
    private final String etag;
    private final Body body;

    /** Writes the content of an answer. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    private Answer(int code, @CheckForNull String type, @CheckForNull String etag, Body body) {
        this.code = code;
        this.type = type;
        this.etag = etag;
        this.body = body;
    }

    static Answer json(@CheckForNull String etag, Body body) {
        return new Answer(HttpServletResponse.SC_OK, "application/json; charset=utf-8", etag, body);
    }

    static Answer text(int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(code, "text/plain; charset=utf-8", null, out -> out.write(bytes));
    }

    static Answer empty() {
        return new Answer(HttpServletResponse.SC_NO_CONTENT, null, null, out -> {});
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        if (etag != null) {
            response.setHeader("ETag", etag);
            if (isKnown(request.getHeader("If-None-Match"))) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        response.setStatus(code);
        if (type != null) {
            response.setContentType(type);
            body.write(response.getOutputStream());
        }
    }

    /** A proxy that compresses may have made the tag a weak one, or put a word behind it. */
    private boolean isKnown(@CheckForNull String known) {
        int from = etag.indexOf('"');
        return known != null && known.contains(etag.substring(from, etag.length() - 1));
    }
}
