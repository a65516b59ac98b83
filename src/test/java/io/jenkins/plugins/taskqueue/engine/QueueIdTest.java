package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueueIdTest {
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** The longest that an object's name adds to the id. */
    private static final String SUFFIX = "-2147483647-99-2147483647";

    static List<String> names() {
        return List.of(
                "videos",
                "team/videos/2026",
                "Ünïcödé",
                "🎬🎬🎬",
                "日本語のキュー",
                "\u200b",
                "-",
                "---a---",
                "a",
                "9",
                "x".repeat(1024),
                "🎬".repeat(512),
                "exactly twenty chars",
                "nineteen chars and - cut",
                "tab\tand\nnewline");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNameHasAnIdThatFitsInNamesAndLabels(String name) {
        String id = QueueId.of(name).value();

        assertThat(id).matches(DNS_LABEL).hasSizeLessThanOrEqualTo(29);
        assertThat("tq-" + id + SUFFIX).matches(DNS_LABEL).hasSizeLessThanOrEqualTo(63);
        assertThat(QueueId.of(name)).as("the same in every manager").isEqualTo(QueueId.of(new String(name)));
    }

    @Test
    void namesThatDifferOnlyInCaseOrAccentOrSpaceHaveDifferentIds() {
        List<String> names = List.of("videos", "Videos", "VIDEOS", "vidéos", "videos ", " videos", "vide\u0301os", "");

        assertThat(names.stream().map(name -> QueueId.of(name).value()).distinct())
                .hasSameSizeAs(names);
    }

    @Test
    void itIsReadable() {
        assertThat(QueueId.of("Team/Videos 2026").value()).startsWith("team-videos-2026-");
        assertThat(QueueId.of("🎬").value()).startsWith("q-");
    }

    @Test
    void itIsTheSameForEverSinceObjectsAreFoundByIt() {
        assertThat(QueueId.of("videos").value()).isEqualTo("videos-" + QueueId.hash("videos", 8));
        assertThat(QueueId.hash("", 8))
                .as("SHA-256 e3b0c44298…, RFC 4648 base 32")
                .isEqualTo("4oymiquy");
    }

    @Test
    void aHundredThousandNamesHaveAHundredThousandIds() {
        Random random = new Random(1);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(QueueId.of("queue " + i + " " + random.nextLong()).value());
        }

        assertThat(ids).hasSize(100_000);
    }
}
