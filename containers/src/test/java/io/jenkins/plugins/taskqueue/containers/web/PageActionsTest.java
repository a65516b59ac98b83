package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;

/** What a reader who may change the queue asks of it. */
@Tag("browser")
@Execution(ExecutionMode.CONCURRENT)
class PageActionsTest {
    private static final String NASTY = "<img src=x onerror=alert(1)>&a=b";

    @RegisterExtension
    final Browsing browser = new Browsing();

    @AutoClose
    private final ChangeableQueue served = new ChangeableQueue(ChangeableQueue.clips(6));

    private TablePage page;

    PageActionsTest() throws IOException {}

    @BeforeEach
    void look() {
        page = new TablePage(browser.driver());
        set(0, ItemState.FAILED);
        set(1, ItemState.RUNNING);
        set(2, ItemState.SUCCEEDED);
        set(3, ItemState.CANCELLED);
        served.publish(served.queue().status());
    }

    private void set(int index, ItemState state) {
        served.queue()
                .change(
                        index,
                        row -> MadeUpQueue.row(
                                row, state, "", "", 1, served.queue().now(), null, ""));
    }

    private TablePage open() {
        return page.open(served.uri(), "?1.sort=listed");
    }

    private void press(String text) {
        page.press(text);
    }

    private void wasAsked(String... requests) {
        page.soon(() -> assertThat(served.asked).containsExactly(requests));
    }

    @Test
    void theQueueIsPausedAndResumed() {
        open();
        press("Pause the queue");
        wasAsked("pause  c0ffee");
        served.publish(served.queue().end(Status.Phase.PAUSED, ""));
        page.soon(() -> press("Resume the queue"));

        wasAsked("pause  c0ffee", "resume  c0ffee");
        assertThat(page.one("[role=status]").getDomProperty("textContent")).isEqualTo("Done.");
    }

    @Test
    void whatFailedIsRetried() {
        open();
        press("Retry failed (1)");

        wasAsked("retryFailed  c0ffee");
    }

    @Test
    void theQueueIsCancelledByWhoeverIsSure() {
        open();
        press("Cancel the queue");
        assertThat(page.one("dialog.task-queue__confirm").getText())
                .startsWith("Cancel the queue? What runs is stopped");
        press("Go on");
        assertThat(page.one("dialog.task-queue__confirm").isDisplayed()).isFalse();
        assertThat(served.asked).isEmpty();

        press("Cancel the queue");
        page.one("dialog .task-queue__button--strong").click();
        wasAsked("cancel  c0ffee");
    }

    @Test
    void theParallelismIsChangedByKeyboard() {
        open();
        assertThat(page.one(".task-queue__most").getDomProperty("value")).isEqualTo("4");
        page.one(".task-queue__most").sendKeys(Keys.chord(Keys.CONTROL, "a"), "12", Keys.ENTER);

        wasAsked("parallelism most=12 c0ffee");
    }

    @Test
    void whatIsTypedIsNotOverwrittenByNews() {
        open();
        page.one(".task-queue__most").sendKeys(Keys.chord(Keys.CONTROL, "a"), "12");
        set(4, ItemState.RUNNING);
        served.publish(served.queue().status());

        page.soon(() -> assertThat(page.chip("RUNNING").getText()).contains("2"));
        assertThat(page.one(".task-queue__most").getDomProperty("value")).isEqualTo("12");
    }

    @Test
    void eachRowOffersWhatMayBeAskedForIt() {
        open();

        assertThat(page.script("return [...document.querySelectorAll('tbody .task-queue__page')]"
                        + ".map(b => b.hidden ? '' : b.getAttribute('aria-label'))"))
                .isEqualTo(
                        List.of("Retry clip-0", "Cancel clip-1", "", "Retry clip-3", "Cancel clip-4", "Cancel clip-5"));
        page.one("tbody tr:nth-child(2) .task-queue__page").click();
        page.one("tbody tr:nth-child(4) .task-queue__page").click();
        wasAsked("cancelItem item=clip-1 c0ffee", "retry item=clip-3 c0ffee");
    }

    @Test
    void anItemOfAnyNameIsNamedRightly() {
        served.queue().list(NASTY);
        served.publish(served.queue().status());
        open();
        page.one("tbody tr:nth-child(7) .task-queue__page").click();

        wasAsked("cancelItem item=%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E%26a%3Db c0ffee");
        assertThat(page.script("return document.querySelectorAll('img').length"))
                .isEqualTo(0L);
    }

    @Test
    void itIsAskedForInTheDetailsTooAndTheyGoOn() {
        open();
        page.one("tbody tr:nth-child(1) .task-queue__button").click();
        page.soon(() -> page.one("dialog .task-queue__details-buttons .task-queue__button")
                .click());
        wasAsked("retry item=clip-0 c0ffee");
        served.queue().pass(Duration.ofSeconds(1));
        set(0, ItemState.RUNNING);
        served.publish(served.queue().status());

        page.soon(() -> assertThat(page.dialog().getText()).contains("Running", "Cancel"));
    }

    @Test
    void aRefusalIsASentenceAlsoInTheDetails() {
        served.refusal = "The queue \"<b>videos</b>\" is over.";
        open();
        press("Pause the queue");
        page.soon(() -> assertThat(page.one("[role=alert]").getText()).startsWith(served.refusal));
        page.one("[role=alert] button").click();
        assertThat(page.one("[role=alert]").isDisplayed()).isFalse();

        page.one("tbody tr:nth-child(1) .task-queue__button").click();
        page.soon(() -> page.one("dialog .task-queue__details-buttons .task-queue__button")
                .click());
        page.soon(() -> assertThat(page.dialog().getText()).contains(served.refusal));
    }

    @Test
    void thereIsNothingToAskWhenTheRunIsOver() {
        open();
        page.script("document.querySelector('.task-queue__actions button:not([hidden])').focus()");
        served.publish(served.queue().end(Status.Phase.FAILED, "1 of 6 items failed."));

        page.soon(
                () -> assertThat(page.one(".task-queue__actions").isDisplayed()).isFalse());
        assertThat(page.script("return [...document.querySelectorAll('tbody .task-queue__page')].every(b => b.hidden)"))
                .isEqualTo(true);
        assertThat(page.focused()).isEqualTo(page.search());
    }

    @Test
    void thereIsNothingToAskForWhoeverMayOnlyRead() {
        served.changeable = false;
        open();

        assertThat(page.script(
                        "return document.querySelectorAll('.task-queue__actions, tbody .task-queue__page').length"))
                .isEqualTo(0L);
    }

    @Test
    void theViewIsInTheQueryWhereSomethingElseReadsWhatIsAfterTheHash() {
        page.open(served.uri(), "?other=kept&1.sort=listed#queue-1");
        assertThat(page.names()).startsWith("clip-0", "clip-1", "clip-2");
        page.chip("FAILED").click();
        page.soon(() -> assertThat(page.names()).containsExactly("clip-0"));

        assertThat(page.address()).endsWith("/?other=kept&1.sort=listed&1.state=FAILED#queue-1");
        browser.driver().navigate().back();
        page.soon(() -> assertThat(page.names()).hasSize(6));
        page.open(served.uri(), "?1.item=clip-2");
        page.soon(() -> assertThat(page.dialog().getText()).startsWith("clip-2"));
    }

    @Test
    void theQueueIsCalledWhatThePageSays() {
        open();

        assertThat(page.one("h1").getText()).isEqualTo("given items");
    }

    @Test
    void nothingIsWiderThanANarrowScreen() {
        browser.size(360, 740);
        open();

        assertThat(page.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }
}
