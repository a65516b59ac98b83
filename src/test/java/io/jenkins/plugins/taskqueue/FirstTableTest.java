package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

class FirstTableTest {
    private final LogRecorder log =
            new LogRecorder().record(FirstTable.class, Level.FINE).capture(10);

    @AfterEach
    void end() {
        log.close();
    }

    @Test
    void itIsAPageOfManyRows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        FirstTable.show(out);

        JsonNode page = new ObjectMapper().readTree(out.toByteArray());
        assertThat(page.get("total").asInt()).isEqualTo(FirstTable.ROWS);
        assertThat(page.get("matched").asInt()).isEqualTo(FirstTable.ROWS);
        assertThat(page.get("items")).hasSize(100);
        assertThat(page.get("items").get(0).get("state").asText()).isEqualTo("FAILED");
    }

    @Test
    @WithJenkins
    void itIsShownWhenJenkinsHasStarted(JenkinsRule jenkins) {
        await().until(
                        log::getMessages,
                        messages ->
                                messages.stream().anyMatch(message -> message.startsWith("Ready for the first table")));
    }
}
