package io.jenkins.plugins.taskqueue.engine.status;

import static io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers stay small, however large the queue is and whatever its items say. */
class StatusSizeTest {
    private final MadeUpQueue large = new MadeUpQueue(new Random(7), 500);

    StatusSizeTest() {
        for (int i = 0; i < 100_000; i++) {
            large.list("2026/november/clip-" + i + ".mp4");
        }
        for (int i = 0; i < 3; i++) {
            large.advance(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sort=name&direction=descending&offset=49900",
                "sort=waited&q=clip",
                "state=PENDING&sort=name&offset=99000",
                "sort=ran"
            })
    void aPageOfAHundredThousandItemsStaysBelowAHundredKilobytes(String query) throws IOException {
        assertThat(large.answer(query).length).isBetween(1_000, 100_000);
    }

    @Test
    void littleThatChangedIsToldInFiveKilobytes() throws IOException {
        long since = large.status().revision();
        for (int i = 0; i < 5; i++) {
            large.change(i, row -> MadeUpQueue.row(row, ItemState.FAILED, "ExitCode", "m", 4, BEGIN, BEGIN, ""));
        }
        byte[] answer = large.answer("since=" + since);

        assertThat(answer.length).isLessThan(5_000);
        assertThat(new ObjectMapper().readTree(answer).get("items")).hasSize(5);
    }

    @Test
    void rowsOfTheLongestTextsStayBelowAHundredKilobytes() throws IOException {
        for (int i = 0; i < 100; i++) {
            String message = "m".repeat(4000);
            large.change(
                    i,
                    row -> MadeUpQueue.row(
                            row, ItemState.FAILED, "ExitCode", message, 1, BEGIN, BEGIN, "r".repeat(4096)));
        }

        assertThat(large.answer("state=FAILED").length).isLessThan(100_000);
    }
}
