package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.status.MadeUpQueue;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.Keys;

/** Whoever the reader is, and whatever the names hold. */
@Tag("browser")
@Execution(ExecutionMode.CONCURRENT)
class PageReaderTest {
    @RegisterExtension
    final Browsing browser = new Browsing();

    @AutoClose
    private final ServedQueue served = ServedQueue.ofClips(250);

    private TablePage page;

    PageReaderTest() throws IOException {}

    @BeforeEach
    void look() {
        page = new TablePage(browser.driver());
    }

    @Test
    void namesAreShownAsTextWhateverTheyHold() {
        served.replace(nasty());
        page.open(served.uri(), "#sort=listed");

        assertThat(page.names()).containsExactly(PageDemo.NASTY);
        assertThat(page.script("return document.querySelectorAll('td script, td img, td b').length"))
                .isEqualTo(0L);
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void thePolicyWouldStopWhatWeDoNotDo() {
        page.open(served.uri(), "");
        page.script("const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
                + " document.body.append(s);");

        page.soon(() -> assertThat(browser.violations()).hasSize(1));
        assertThat(page.script("return window.broken === undefined")).isEqualTo(true);
        page.open(served.uri(), "");
    }

    @Test
    void everythingIsReachedByKeyboard() {
        served.logs.put("clip-3", "moov atom not found");
        page.open(served.uri(), "");
        page.focused().sendKeys("/");
        assertThat(page.focused()).isEqualTo(page.search());
        page.focused().sendKeys("clip-3");
        page.soon(() -> assertThat(page.names()).startsWith("clip-3").doesNotContain("clip-4"));
        for (int i = 0; i < 12 && !page.focused().getText().equals("Log"); i++) {
            assertThat(page.script("return getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
            page.focused().sendKeys(Keys.TAB);
        }
        assertThat(page.focused().getAccessibleName()).isEqualTo("Log clip-3");
        page.focused().sendKeys(Keys.ENTER);
        page.soon(() -> assertThat(page.one("dialog pre").getText()).isEqualTo("moov atom not found"));
        page.focused().sendKeys(Keys.ESCAPE);

        page.soon(() -> assertThat(page.dialog().isDisplayed()).isFalse());
        assertThat(page.focused().getAccessibleName()).isEqualTo("Log clip-3");
        assertThat(page.address()).doesNotContain("item=");
    }

    @Test
    void textCanBeReadInLightAndDark() {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            page.open(served.uri(), "");
            for (String css : List.of(".task-queue__name", ".task-queue__message", ".task-queue__head", "nav", "h1")) {
                assertThat(contrast(css)).as("%s, %s", scheme, css).isGreaterThan(4.5);
            }
        }
    }

    @Test
    void nothingIsWiderThanANarrowScreen() {
        served.replace(nasty());
        browser.size(360, 740);
        page.open(served.uri(), "");

        assertThat(page.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void whatItemsUsuallyWaitForAndTheirStageAreNotCutBesideASidePanel() {
        served.change(queue -> {
            queue.change(
                    3, row -> MadeUpQueue.row(row, ItemState.STARTING, "ContainerCreating", "", 1, null, null, ""));
            queue.change(
                    5,
                    row -> MadeUpQueue.row(
                            row, ItemState.RUNNING, "", "stage transcode, 10 of 12", 1, MadeUpQueue.BEGIN, null, ""));
        });
        page.open(served.uri(), "?state=STARTING,RUNNING");
        page.soon(() -> assertThat(page.texts(".task-queue__message")).contains("stage transcode, 10 of 12"));
        page.script("document.querySelector('.task-queue').style.inlineSize = '888px'");

        assertThat(page.script("""
                        const height = css => document.querySelector(css).getBoundingClientRect().height;
                        return height(".task-queue__row--starting .task-queue__reason") < 1.5 * height(".task-queue__state");
                        """)).isEqualTo(true);
        assertThat(page.script("""
                        const stage = document.querySelector(".task-queue__row--running .task-queue__message");
                        return stage.scrollHeight <= stage.clientHeight;
                        """)).isEqualTo(true);
    }

    private double contrast(String css) {
        return ((Number) page.script("""
                        const light = color => color.match(/[\\d.]+/g).slice(0, 3).map(value => value / 255)
                            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                        const text = light(getComputedStyle(document.querySelector(arguments[0])).color);
                        const ground = light(getComputedStyle(document.body).backgroundColor);
                        return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
                        """, css)).doubleValue();
    }

    private static MadeUpQueue nasty() {
        MadeUpQueue queue = new MadeUpQueue(new Random(1), 4);
        for (String name : PageDemo.NASTY) {
            queue.list(name);
        }
        return queue;
    }
}
