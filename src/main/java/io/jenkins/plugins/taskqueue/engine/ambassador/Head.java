package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Remembers the first bytes that are read through it. */
final class Head extends FilterInputStream {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long count;

    Head(InputStream in, int most) {
        super(in);
        this.most = most;
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            count += read;
            kept.write(into, offset, Math.min(read, most - kept.size()));
        }
        return read;
    }
}
