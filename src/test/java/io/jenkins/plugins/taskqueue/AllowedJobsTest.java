package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedJobsTest {
    @Test
    void noPatternsAllowEveryJob() {
        assertThat(AllowedJobs.of(null).allowName("any/job")).isTrue();
        assertThat(AllowedJobs.of(" \n ").allowName("any/job")).isTrue();
    }

    @Test
    void jenkinsItselfMayUseAny() {
        assertThat(AllowedJobs.of("media/*").allow(null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "media/thumbs, media/thumbs, true",
        "media/thumbs, media/thumbs2, false",
        "media/*, media/thumbs, true",
        "media/*, media/deep/thumbs, false",
        "media/*, media2/thumbs, false",
        "media/**, media/deep/thumbs, true",
        "media/**, media, false",
        "**, any/job, true",
        "**/nightly, a/b/nightly, true",
        "**/nightly, a/b/nightly2, false",
        "media-*, media-x, true",
        "media.x, mediaax, false",
        "(a|b)+, a, false",
        "\\Qa, a, false"
    })
    void patternStandsForTheWholeName(String pattern, String job, boolean allowed) {
        assertThat(AllowedJobs.of("other\n  " + pattern + "  \n").allowName(job))
                .isEqualTo(allowed);
    }
}
