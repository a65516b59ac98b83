package io.jenkins.plugins.taskqueue.containers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @ParameterizedTest
    @CsvSource({
        "s3://b, b, ''",
        "s3://b/, b, ''",
        "s3://b/videos, b, videos/",
        "s3://b/videos/, b, videos/",
        "s3://my.bucket-1/a b/50%/🎬, my.bucket-1, a b/50%/🎬/",
        "s3://b//a, b, /a/",
    })
    void bucketAndFolderAreRead(String text, String bucket, String prefix) {
        assertThat(S3Location.of(text)).isEqualTo(new S3Location(bucket, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b", "s3://", "s3:///a", "s3://a b", "s3://u@h/a", "s3://b?x", "http://b/a"})
    void whatNamesNoBucketIsRefused(String text) {
        assertThatThrownBy(() -> S3Location.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write it like s3://bucket");
    }

    @Test
    void nameIsTheKeyBelowTheFolder() {
        var location = S3Location.of("s3://b/videos");

        assertThat(location.name("videos/a/b.mp4")).hasValue("a/b.mp4");
        assertThat(location.name("videos/a/")).isEmpty();
        assertThat(location.name("videos/")).isEmpty();
        assertThat(location.name("videos2/a")).isEmpty();
        assertThat(location.key("a/b.mp4")).hasValue("videos/a/b.mp4");
    }

    @Test
    void nameThatCanBeNoKeysIsNobodys() {
        var location = S3Location.of("s3://b");

        assertThat(location.key("x".repeat(1024))).isPresent();
        assertThat(location.key("x".repeat(1025))).isEmpty();
        assertThat(location.key("é".repeat(513))).isEmpty();
        assertThat(location.key("a/")).isEmpty();
        assertThat(location.key("")).isEmpty();
    }
}
