package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class S3CommandTest {
    private final StringWriter err = new StringWriter();

    private void assertUsage(String sentence, String... arguments) {
        var command = new CommandLine(new S3Command()).setErr(new PrintWriter(err, true));

        assertThat(command.execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void locationWithoutABucketIsAUsageError() {
        assertUsage("names no bucket", "videos");
    }

    @Test
    void senselessPatternIsAUsageError() {
        assertUsage("makes no sense", "s3://b", "--glob", "{a");
    }

    @Test
    void endpointThatIsNoUrlIsAUsageError() {
        for (var endpoint : List.of("minio", "ftp://minio", "http:minio")) {
            assertUsage("--endpoint \"" + endpoint + "\" is no URL of a store", "s3://b", "--endpoint", endpoint);
        }
    }

    @Test
    void urlsAreGoodForAWeekAtMostAndNeedCredentials() {
        assertUsage("--presign 8d", "s3://b", "--presign", "8d");
        assertUsage("--presign 0s", "s3://b", "--presign", "0s");
        assertUsage("\"soon\" is no duration", "s3://b", "--presign", "soon");
        assertUsage("leave --anonymous out", "s3://b", "--presign", "1h", "--anonymous");
    }
}
