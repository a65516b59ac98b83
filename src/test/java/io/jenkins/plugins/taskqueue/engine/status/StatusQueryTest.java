package io.jenkins.plugins.taskqueue.engine.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery.Sort;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusQueryTest {
    @Test
    void nothingAsksForTheFirstHundredRowsFailedFirst() {
        StatusQuery query = StatusQuery.parse(null);

        assertThat(query).isEqualTo(StatusQuery.parse(""));
        assertThat(query.states()).isEmpty();
        assertThat(query.sort()).isEqualTo(Sort.STATE);
        assertThat(query.descending()).isFalse();
        assertThat(query.offset()).isZero();
        assertThat(query.limit()).isEqualTo(100);
        assertThat(query.since()).isEmpty();
        assertThat(query.item()).isNull();
    }

    @Test
    void everyParameterIsRead() {
        StatusQuery query = StatusQuery.parse("state=failed,RUNNING&state=pending&q=a%26b+c&item=x%2Fy&sort=name"
                + "&direction=descending&offset=200&limit=1000&since=7");

        assertThat(query.states()).containsExactlyInAnyOrder(ItemState.FAILED, ItemState.RUNNING, ItemState.PENDING);
        assertThat(query.search()).isEqualTo("a&b c");
        assertThat(query.item()).isEqualTo("x/y");
        assertThat(query.sort()).isEqualTo(Sort.NAME);
        assertThat(query.descending()).isTrue();
        assertThat(query.offset()).isEqualTo(200);
        assertThat(query.limit()).isEqualTo(1000);
        assertThat(query.since()).isEqualTo(OptionalLong.of(7));
    }

    @Test
    void emptyAndForeignParametersAreNotLookedAt() {
        assertThat(StatusQuery.parse("q=&state=&limit=&theme=dark&&=x")).isEqualTo(StatusQuery.parse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    state=DONE      | The parameter "state" is "DONE" but must be one of pending, starting, running, succeeded, failed, skipped, cancelled.
                    sort=size       | The parameter "sort" is "size" but must be one of listed, state, name, attempts, waited, ran.
                    direction=up    | The parameter "direction" is "up" but must be one of ascending, descending.
                    limit=0         | The parameter "limit" is "0" but must be a whole number from 1 to 1000.
                    limit=1001      | The parameter "limit" is "1001" but must be a whole number from 1 to 1000.
                    offset=-1       | The parameter "offset" is "-1" but must be a whole number from 0 to 2147483647.
                    since=yesterday | The parameter "since" is "yesterday" but must be a whole number from 0 to 9223372036854775807.
                    q=100%          | The query of the URL holds "%" without two hexadecimal digits: write it as %25.
                    """)
    void whatCannotBeMeantIsToldWithWhatCan(String query, String sentence) {
        assertThatThrownBy(() -> StatusQuery.parse(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void longNonsenseIsNotRepeatedInFull() {
        assertThatThrownBy(() -> StatusQuery.parse("limit=" + "9".repeat(5000)))
                .message()
                .hasSizeLessThan(150);
    }
}
