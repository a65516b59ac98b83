package io.jenkins.plugins.taskqueue.engine.status;

import static io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue.BEGIN;
import static io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private final MadeUpQueue queue = new MadeUpQueue(new Random(1), 4)
            .list("clip-10.mp4")
            .list("clip-9.mp4")
            .list("Talk <b>.mp4")
            .list("Straße.mp4")
            .list("zoo.mp4");

    @Test
    void failedRowsComeFirstThenWhatGoesOn() {
        set(3, ItemState.FAILED, "ExitCode", 0, 1L);
        set(1, ItemState.RUNNING, "", 0, null);
        set(0, ItemState.SUCCEEDED, "", 0, 2L);

        assertThat(names("")).containsExactly("Straße.mp4", "clip-9.mp4", "Talk <b>.mp4", "zoo.mp4", "clip-10.mp4");
    }

    @Test
    void theSourcesOrderCanBeHad() {
        assertThat(names("sort=listed"))
                .containsExactly("clip-10.mp4", "clip-9.mp4", "Talk <b>.mp4", "Straße.mp4", "zoo.mp4");
    }

    @Test
    void namesAreOrderedAsAPersonWould() {
        assertThat(names("sort=name"))
                .containsExactly("clip-9.mp4", "clip-10.mp4", "Straße.mp4", "Talk <b>.mp4", "zoo.mp4");
        assertThat(names("sort=name&direction=descending&limit=2")).containsExactly("zoo.mp4", "Talk <b>.mp4");
    }

    @Test
    void rowsWithoutAFigureComeLastInBothDirections() {
        set(1, ItemState.SUCCEEDED, "", 0, 5L);
        set(2, ItemState.SUCCEEDED, "", 0, 3L);

        assertThat(names("sort=ran").subList(0, 3)).containsExactly("Talk <b>.mp4", "clip-9.mp4", "clip-10.mp4");
        assertThat(names("sort=ran&direction=descending").subList(0, 3))
                .containsExactly("clip-9.mp4", "Talk <b>.mp4", "clip-10.mp4");
    }

    @Test
    void waitedIsCountedToTheStartTheEndOrNow() {
        set(0, ItemState.RUNNING, "", 2, null);
        set(1, ItemState.SKIPPED, "", 0, 1L);
        queue.pass(Duration.ofSeconds(30));
        Instant now = BEGIN.plusSeconds(30);
        List<ItemStatus> rows = queue.status().items();

        assertThat(rows.get(0).waited(now)).contains(Duration.ofSeconds(2));
        assertThat(rows.get(1).waited(now)).isEmpty();
        assertThat(rows.get(4).waited(now)).contains(Duration.ofSeconds(30));
    }

    @Test
    void clocksThatDisagreeNeverGiveLessThanNothing() {
        set(0, ItemState.RUNNING, "", 10, null);

        assertThat(queue.status().items().get(0).ran(BEGIN)).contains(Duration.ZERO);
    }

    @Test
    void filtersBySetOfStates() {
        set(3, ItemState.FAILED, "ExitCode", 0, 1L);
        set(1, ItemState.RUNNING, "", 0, null);

        assertThat(names("state=FAILED,RUNNING")).containsExactly("Straße.mp4", "clip-9.mp4");
        assertThat(page("state=SKIPPED").matched()).isZero();
    }

    @Test
    void searchesNameReasonAndResultWhateverTheCase() {
        set(3, ItemState.FAILED, "OOMKilled", 0, 1L);
        queue.change(4, row -> row(row, ItemState.SUCCEEDED, "", "", 1, BEGIN, BEGIN, "12 Thumbnails"));

        assertThat(names("q=CLIP&sort=listed")).containsExactly("clip-10.mp4", "clip-9.mp4");
        assertThat(names("q=oom")).containsExactly("Straße.mp4");
        assertThat(names("q=thumb")).containsExactly("zoo.mp4");
        assertThat(names("q=%3Cb%3E")).containsExactly("Talk <b>.mp4");
        assertThat(names("q=nothing")).isEmpty();
    }

    @Test
    void oneItemIsFoundByItsWholeNameOnly() {
        assertThat(names("item=zoo.mp4")).containsExactly("zoo.mp4");
        assertThat(names("item=zoo")).isEmpty();
    }

    @Test
    void pagesFollowEachOtherAndTheLastIsShort() {
        assertThat(names("sort=listed&limit=2&offset=2")).containsExactly("Talk <b>.mp4", "Straße.mp4");
        assertThat(names("sort=listed&limit=2&offset=4")).containsExactly("zoo.mp4");
        assertThat(names("offset=500")).isEmpty();
        assertThat(page("limit=2&offset=4").matched()).isEqualTo(5);
    }

    @Test
    void onlyRowsThatChangedSinceAreSent() {
        long since = queue.status().revision();
        set(2, ItemState.RUNNING, "", 0, null);

        assertThat(page("since=" + since).changed())
                .extracting(ItemStatus::name)
                .containsExactly("Talk <b>.mp4");
        assertThat(page("since=" + since).rows()).hasSize(5);
        assertThat(page("since=" + queue.status().revision()).changed()).isEmpty();
    }

    @Test
    void aRevisionOfAnotherManagersLifeGetsEverything() {
        assertThat(page("since=999999").changed()).hasSize(5);
    }

    @Test
    void theTagChangesWithRevisionAndQueryButNotWithSince() {
        Status before = queue.status();
        String tag = StatusPage.etag(before, StatusQuery.parse("state=FAILED,RUNNING"));
        set(2, ItemState.RUNNING, "", 0, null);

        assertThat(tag).matches("W/\"[a-z2-7]+-[0-9]+\"");
        assertThat(StatusPage.etag(before, StatusQuery.parse("state=RUNNING,FAILED&since=1")))
                .isEqualTo(tag);
        assertThat(StatusPage.etag(before, StatusQuery.parse("state=FAILED"))).isNotEqualTo(tag);
        assertThat(StatusPage.etag(before, StatusQuery.parse("state=FAILED,RUNNING&q=x")))
                .isNotEqualTo(tag);
        assertThat(StatusPage.etag(queue.status(), StatusQuery.parse("state=FAILED,RUNNING")))
                .isNotEqualTo(tag);
    }

    @Test
    void anotherLifeOfTheManagerHasOtherTags() {
        MadeUpQueue other = new MadeUpQueue(new Random(1), 4, BEGIN.plusSeconds(1)).list("a");
        MadeUpQueue first = new MadeUpQueue(new Random(1), 4).list("a");

        assertThat(StatusPage.etag(other.status(), StatusQuery.parse("")))
                .isNotEqualTo(StatusPage.etag(first.status(), StatusQuery.parse("")));
    }

    private void set(int index, ItemState state, String reason, long startedSecond, Long endedSecond) {
        Instant ended = endedSecond == null ? null : BEGIN.plusSeconds(endedSecond);
        queue.change(index, row -> row(row, state, reason, "", 1, BEGIN.plusSeconds(startedSecond), ended, ""));
    }

    private StatusPage page(String query) {
        return StatusPage.of(queue.status(), StatusQuery.parse(query), queue.now());
    }

    private List<String> names(String query) {
        return page(query).rows().stream().map(ItemStatus::name).toList();
    }
}
