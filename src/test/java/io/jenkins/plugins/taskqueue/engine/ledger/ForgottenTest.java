package io.jenkins.plugins.taskqueue.engine.ledger;

import static io.jenkins.plugins.taskqueue.engine.ledger.Acknowledgements.KEPT;
import static io.jenkins.plugins.taskqueue.engine.ledger.Acknowledgements.MANY;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.THEN;
import static io.jenkins.plugins.taskqueue.engine.ledger.LedgerView.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.Listing;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger says a source that is told has forgotten. */
class ForgottenTest {
    private final Ledger ledger = new LedgerView().ledger;
    private int done;

    @Test
    void nothingIsForgottenBeforeItIsManyAndThenTheNewestAreKept() {
        work(MANY - KEPT);
        work(KEPT - 1);
        assertThat(forgotten()).isEmpty();

        work(1);
        assertThat(forgotten()).containsExactlyInAnyOrder(names(0, MANY - KEPT));

        work(KEPT);
        assertThat(forgotten()).containsExactlyInAnyOrder(names(0, MANY));
    }

    @Test
    void whatIsListedAgainIsNotForgotten() {
        work(MANY);
        String one = forgotten().iterator().next();

        list(one);
        assertThat(forgotten()).doesNotContain(one);

        list();
        work(1);
        assertThat(forgotten()).doesNotContain(one).hasSize(MANY + 1 - KEPT);
    }

    @Test
    void whatNobodyIsKnownToHaveToldIsToldOnceMoreAndForgottenThen() {
        String[] names = names(0, MANY);
        list(names);
        ledger.fold(List.of(record(1, "run-1", ItemState.SUCCEEDED, names)));
        list();
        assertThat(forgotten()).isEmpty();
        assertThat(ledger.told(1, THEN).untold()).isNotEmpty();

        for (String name : names) {
            ledger.told(name, ItemState.SUCCEEDED, 1, THEN);
        }
        assertThat(ledger.told(1, THEN).untold()).isEmpty();
        assertThat(forgotten()).hasSize(MANY - KEPT);
    }

    /** So many items are listed, done, told of and listed no more. */
    private void work(int items) {
        String[] names = names(done, done + items);
        done += items;
        list(names);
        ledger.fold(IntStream.rangeClosed(1, done)
                .mapToObj(i -> record(i, "run-2", ItemState.SUCCEEDED, String.valueOf(i - 1)))
                .toList());
        for (String name : names) {
            ledger.told(name, ItemState.SUCCEEDED, 1, THEN);
        }
        list();
    }

    private void list(String... names) {
        ledger.list(new Listing(List.of(names), "", true), THEN);
    }

    private Set<String> forgotten() {
        return ledger.told(1, THEN).forgotten();
    }

    private static String[] names(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
