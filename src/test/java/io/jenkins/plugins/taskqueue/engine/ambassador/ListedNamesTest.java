package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedNamesTest {
    private static final long ENOUGH = 1_000_000_000;

    private static ListedNames read(List<String> before, String... names) throws IOException {
        var read = new ListedNames(before, ENOUGH, ENOUGH);
        for (String name : names) {
            read.add(name);
        }
        return read;
    }

    @Test
    void listingThatSaysTheSameIsTheSame() throws Exception {
        List<String> before = List.of("a", "b");

        assertThat(read(before, "a", "b").all()).isSameAs(before);
        assertThat(read(List.of()).all()).isEmpty();
    }

    @Test
    void whatCameOrWentIsSeenWhereverItIs() throws Exception {
        List<String> before = List.of("a", "b", "c");

        for (List<String> now : List.of(
                List.of("a", "b", "c", "d"),
                List.of("a", "b"),
                List.of("b", "c"),
                List.of("x", "a", "b", "c"),
                List.of("a", "c", "b"),
                List.<String>of())) {
            var read = read(before, now.toArray(String[]::new));
            assertThat(read.all()).isEqualTo(now);
            assertThat(read.size()).isEqualTo(now.size());
        }
    }

    @Test
    void nameThatComesTwiceIsToldWhereverItIs() {
        for (String[] names : new String[][] {{"a", "a"}, {"a", "b", "b"}, {"x", "a", "x"}}) {
            assertThatThrownBy(() -> read(List.of("a", "b"), names)).hasMessageContaining("twice");
        }
    }

    @Test
    void namesOfOneListingAndOfTheNextAreKeptOnce() throws Exception {
        String name = new String("name of many");

        assertThat(read(List.of(), name).all().get(0)).isSameAs(name.intern());
    }

    @Test
    void moreItemsThanTheHeapHoldsAreRefusedInOneLineThatSaysHowManyFit() throws Exception {
        long heap = 4 * 402 * 10 / 6 + 1;
        try (var server = TestServer.of(list("\"aa\",\"bb\",\"cc\",\"dd\""))) {
            var client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            var fits = new HttpSource(client, server.settings(), Clock.systemUTC(), heap);
            var tight = new HttpSource(client, server.settings(), Clock.systemUTC(), heap - 2);

            assertThat(fits.list(Listing.NONE).names()).hasSize(4);
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> tight.list(Listing.NONE))
                    .withMessageMatching(
                            "The source .*/items lists more than 3 items, and Java's heap of 0 MiB holds no more\\."
                                    + " Give Task Queue more memory, or list fewer items\\.");
            assertThatThrownBy(() -> tight.list(fits.list(Listing.NONE))).hasMessageContaining("more than 3 items");
        }
    }
}
