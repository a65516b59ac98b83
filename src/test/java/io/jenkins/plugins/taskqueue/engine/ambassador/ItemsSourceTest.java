package io.jenkins.plugins.taskqueue.engine.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.taskqueue.engine.Listing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemsSourceTest {
    @Test
    void keepsOrderAndData() {
        var items = new LinkedHashMap<String, String>();
        items.put("b", "{\"size\": 12345678901234567890.10}");
        items.put("a", "[]");
        var source = new ItemsSource(items);

        assertThat(source.list(Listing.NONE).names()).containsExactly("b", "a");
        assertThat(source.data("b")).hasValue("{\"size\": 12345678901234567890.10}");
        assertThat(source.data("c")).isEmpty();
    }

    @Test
    void dataMayHaveManyLevelsAndTooManyHaveASentence() {
        String deep = "[".repeat(99_000) + "]".repeat(99_000);

        assertThat(new ItemsSource(Map.of("a", deep)).data("a")).hasValue(deep);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemsSource(Map.of("a", "[".repeat(101_000) + "]".repeat(101_000))))
                .withMessageContaining("The item \"a\" has data with more than 100,000 levels in each other: ");
    }

    @Test
    void laterChangesOfTheGivenMapChangeNothing() {
        var items = new LinkedHashMap<>(Map.of("a", "1"));
        var source = new ItemsSource(items);
        items.put("b", "2");

        assertThat(source.list(Listing.NONE).names()).containsExactly("a");
        assertThat(source.data("b")).isEmpty();
    }

    @Test
    void listsTheSameListingAgain() {
        var source = ItemsSource.of(List.of("a"));
        var first = source.list(Listing.NONE);

        assertThat(source.list(first)).isSameAs(first);
    }

    @Test
    void namesAloneGetAnEmptyObject() {
        assertThat(ItemsSource.of(List.of("a")).data("a")).hasValue("{}");
    }

    @Test
    void duplicateNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemsSource.of(List.of("a", "a")))
                .withMessage("The items have \"a\" twice: give each a name of its own.");
    }

    @Test
    void emptyNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemsSource.of(List.of("")))
                .withMessageContaining("empty name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1 2", "nope", "{}]"})
    void dataThatIsNotOneJsonValueIsRefused(String data) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemsSource(Map.of("a", data)))
                .withMessageContaining("\"a\" is not one JSON value");
    }

    @Test
    void dataOverTheLimitIsRefused() {
        var data = '"' + "x".repeat(800 * 1024) + '"';

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemsSource(Map.of("a", data)))
                .withMessageContaining("hold a reference");
    }

    @Test
    void saysHowManyItemsItWasGiven() {
        assertThat(ItemsSource.of(List.of("a")).describe()).isEqualTo("the one given item");
        assertThat(ItemsSource.of(List.of("a", "b")).describe()).isEqualTo("the 2 given items");
    }
}
