package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiedSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a//b", "a//", ".", "..", "./a", "a/../b", "a/.", "a/.."})
    void nameThatTheApiServerWouldChangeIsNotAskedFor(String name) {
        var source = new ProxiedSource(new ItemsSource(Map.of(name, "1")));

        assertThatThrownBy(() -> source.data(name))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refusal -> assertThat(refusal.isPermanent()).isTrue())
                .hasMessageContaining(name)
                .hasMessageContaining("Rename the item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/", "a/.../b", ".a", "a..", "%2F"})
    void anyOtherNameIs(String name) throws Exception {
        assertThat(new ProxiedSource(new ItemsSource(Map.of(name, "1"))).data(name))
                .contains("1");
    }

    @Test
    void allElseIsTheSourcesOwn() throws Exception {
        var inner = new ItemsSource(Map.of("a//b", "1"));

        assertThat(new ProxiedSource(inner).list(Listing.NONE).names()).containsExactly("a//b");
        assertThat(new ProxiedSource(inner).describe()).isEqualTo(inner.describe());
    }
}
