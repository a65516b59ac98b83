package io.jenkins.plugins.taskqueue.engine.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import io.jenkins.plugins.taskqueue.engine.record.RecordTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A record's entries as they lie in a ConfigMap: readable JSON while it is small, else compressed.
 *
 * @param json the JSON; null where it is compressed
 * @param gzip the compressed JSON in base 64; null where it is not compressed
 */
record RecordContent(String json, String gzip) {
    static final String JSON_KEY = "record.json";
    static final String GZIP_KEY = "record.json.gz";

    /**
     * What the values of a ConfigMap may have together: 1 MiB (MaxSecretSize in Kubernetes' core validation, which counts
     * ConfigMaps too).
     */
    static final int LIMIT = 1024 * 1024;

    /** A record's JSON, however small it is compressed; and its values, each of which takes more than its bytes when read. */
    static final int MOST_JSON_BYTES = 16 * 1024 * 1024;

    static final int MOST_TOKENS = 300_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int READABLE = 256 * 1024;
    private static final int[] SHORTER_TAILS = {2048, 1024, 512, 256, 0};
    private static final String SHORTENED = "(shortened: the record of its batch was full)\n";

    /**
     * @param beside bytes that other keys of the same ConfigMap take
     * @throws RecordTooLargeException when it does not fit even without log tails
     */
    static RecordContent of(String object, List<Entry> entries, long beside) {
        byte[] json = RecordCodec.encode(entries);
        if (json.length <= READABLE && json.length + beside <= LIMIT) {
            return new RecordContent(new String(json, StandardCharsets.UTF_8), null);
        }
        byte[] zipped = zip(json);
        for (int i = 0;
                (json.length > MOST_JSON_BYTES || zipped.length + beside > LIMIT) && i < SHORTER_TAILS.length;
                i++) {
            int most = SHORTER_TAILS[i];
            json = RecordCodec.encode(
                    entries.stream().map(entry -> shorten(entry, most)).toList());
            zipped = zip(json);
        }
        if (json.length > MOST_JSON_BYTES) {
            throw new RecordTooLargeException(object, json.length, MOST_JSON_BYTES);
        }
        if (zipped.length + beside > LIMIT) {
            throw new RecordTooLargeException(object, zipped.length + beside, LIMIT);
        }
        return new RecordContent(null, Base64.getEncoder().encodeToString(zipped));
    }

    private static Entry shorten(Entry entry, int most) {
        Outcome outcome = entry.outcome();
        if (outcome == null || outcome.logTail().getBytes(StandardCharsets.UTF_8).length <= most) {
            return entry;
        }
        return entry.withOutcome(outcome.withLogTail(SHORTENED + Text.tail(outcome.logTail(), most)));
    }

    /** @throws ClusterException FATAL when there is nothing that this version can read */
    static List<Entry> read(ConfigMap map) throws ClusterException {
        String name = map.getMetadata().getName();
        String json = map.getData() == null ? null : map.getData().get(JSON_KEY);
        if (json != null) {
            return RecordCodec.decode(name, json.getBytes(StandardCharsets.UTF_8));
        }
        String gzip = map.getBinaryData() == null ? null : map.getBinaryData().get(GZIP_KEY);
        if (gzip == null) {
            throw RecordCodec.unreadable(name, new IOException("it has no " + JSON_KEY));
        }
        try (var in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(gzip)))) {
            return RecordCodec.decode(name, bounded(in));
        } catch (IOException | IllegalArgumentException e) {
            throw RecordCodec.unreadable(name, e);
        }
    }

    /** Whoever wrote it may have made it to fill a memory: so much is read, and its values are counted first. */
    private static byte[] bounded(InputStream in) throws IOException {
        byte[] json = in.readNBytes(MOST_JSON_BYTES + 1);
        if (json.length > MOST_JSON_BYTES) {
            throw new IOException("it has more than " + MOST_JSON_BYTES + " bytes of JSON");
        }
        int tokens = 0;
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (++tokens > MOST_TOKENS) {
                    throw new IOException("it has more than " + MOST_TOKENS + " values");
                }
            }
        }
        return json;
    }

    private static byte[] zip(byte[] json) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
