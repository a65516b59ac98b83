package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import io.jenkins.plugins.taskqueue.engine.status.StatusPage;
import io.jenkins.plugins.taskqueue.engine.status.StatusQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the table shows while the queue goes on. */
@Tag("browser")
@Execution(ExecutionMode.CONCURRENT)
class PageLiveTest {
    @RegisterExtension
    final Browsing browser = new Browsing();

    @AutoClose
    private final ServedQueue served = ServedQueue.ofClips(250);

    private TablePage page;

    PageLiveTest() throws IOException {}

    @BeforeEach
    void look() {
        page = new TablePage(browser.driver());
    }

    @Test
    void changesArriveByThemselves() {
        page.open(served.uri(), "#sort=listed");
        served.change(queue -> queue.change(
                7, row -> MadeUpQueue.row(row, ItemState.FAILED, "OOMKilled", "Too large.", 2, null, null, "")));

        page.soon(() ->
                assertThat(page.texts("tbody tr:nth-child(8) td:nth-child(3)")).containsExactly("OOMKilledToo large."));
        assertThat(page.chip("FAILED").getText()).contains("3");
    }

    @Test
    void whatIsShownIsWhatIsTrueWhateverHappens() {
        long seed = System.nanoTime();
        System.out.println("PageLiveTest seed " + seed);
        Random random = new Random(seed);
        served.replace(new MadeUpQueue(random, 9));
        served.change(queue -> queue.list("first"));
        page.open(served.uri(), "#limit=25");
        for (int round = 0; round < 12; round++) {
            served.change(queue -> {
                for (int i = random.nextInt(8); i > 0; i--) {
                    queue.list("item-" + random.nextInt(1000) + "-"
                            + queue.status().revision());
                }
                queue.advance(Duration.ofSeconds(2));
            });
            List<ItemStatus> rows = StatusPage.of(served.status(), StatusQuery.parse("limit=25"), MadeUpQueue.BEGIN)
                    .rows();
            page.soon(() -> {
                assertThat(page.names())
                        .as("seed %d", seed)
                        .isEqualTo(rows.stream().map(ItemStatus::name).toList());
                assertThat(page.texts(".task-queue__state"))
                        .as("seed %d", seed)
                        .isEqualTo(rows.stream().map(row -> word(row.state())).toList());
            });
        }
    }

    @Test
    void anotherLifeOfTheManagerIsNotMixedWithTheLast() {
        page.open(served.uri(), "#sort=listed");
        MadeUpQueue other = new MadeUpQueue(new Random(1), 2, Instant.parse("2026-11-24T09:00:00Z"));
        for (int i = 0; i < 400; i++) {
            other.list("new-" + i);
        }
        served.replace(other);

        page.soon(() -> assertThat(page.names()).hasSize(100).allMatch(name -> name.startsWith("new-")));
    }

    @Test
    void aServerThatIsAwayIsToldAndWaitedFor() throws IOException {
        page.open(served.uri(), "#sort=listed");
        served.stop();
        page.soon(() -> assertThat(page.one(".task-queue__notice").getText()).startsWith("No answer."));
        assertThat(page.names()).hasSize(100);

        served.change(queue -> queue.list("later"));
        served.startAgain();
        page.one(".task-queue__notice button").click();
        page.soon(() -> assertThat(page.range()).isEqualTo("1 to 100 of 251"));
        assertThat(page.one(".task-queue__notice").isDisplayed()).isFalse();
    }

    @Test
    void theEndIsSaid() {
        page.open(served.uri(), "");
        served.end(Status.Phase.FAILED, "2 of 250 items failed.");

        page.soon(() -> assertThat(page.one("[role=status]").getDomProperty("textContent"))
                .isEqualTo("Failed. 2 of 250 items failed."));
        assertThat(page.one(".task-queue__sentence").getText()).isEqualTo("2 of 250 items failed.");
        assertThat(browser.driver().getTitle()).isEqualTo("Failed · videos");
    }

    @Test
    void aLogIsFollowedWhileItsItemRuns() {
        served.logs.put("clip-5", "line 1\n");
        page.open(served.uri(), "#state=RUNNING");
        page.one("tbody button").click();
        page.soon(() -> assertThat(page.one("dialog pre").getText()).isEqualTo("line 1"));
        served.logs.put("clip-5", "line 1\nline 2 \u001b[31m<b>red</b>\u001b[0m\n");

        page.soon(() -> assertThat(page.one("dialog pre").getText()).isEqualTo("line 1\nline 2 <b>red</b>"));
        assertThat(page.one("dialog a").getDomProperty("href")).endsWith("/api/log?item=clip-5");

        served.logs.clear();
        served.change(queue -> queue.change(
                5, row -> MadeUpQueue.row(row, ItemState.SUCCEEDED, "", "", 1, null, queue.now(), "7 thumbnails")));
        page.soon(() -> assertThat(page.dialog().getText()).contains("Succeeded", "7 thumbnails", "line 1\nline 2"));
        assertThat(browser.errors()).isEmpty();
    }

    private static String word(ItemState state) {
        return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
