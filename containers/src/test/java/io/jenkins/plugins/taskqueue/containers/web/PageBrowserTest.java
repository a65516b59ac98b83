package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the reader chooses with: chips, search, headers, pages. */
@Tag("browser")
@Execution(ExecutionMode.CONCURRENT)
class PageBrowserTest {
    @RegisterExtension
    final Browsing browser = new Browsing();

    @AutoClose
    private final ServedQueue served = ServedQueue.ofClips(250);

    private TablePage page;

    PageBrowserTest() throws IOException {}

    @BeforeEach
    void look() {
        page = new TablePage(browser.driver());
    }

    @Test
    void chipsFilterTogetherAndBackUndoesIt() {
        page.open(served.uri(), "");
        page.chip("FAILED").click();
        page.soon(() -> assertThat(page.names()).containsExactly("clip-3", "clip-4"));
        assertThat(page.chip("FAILED").getDomAttribute("aria-pressed")).isEqualTo("true");
        page.chip("RUNNING").click();
        page.soon(() -> assertThat(page.names()).containsExactly("clip-3", "clip-4", "clip-5"));
        assertThat(page.address()).contains("state=FAILED%2CRUNNING");

        browser.driver().navigate().back();
        page.soon(() -> assertThat(page.names()).containsExactly("clip-3", "clip-4"));
        page.chip("").click();
        page.soon(() -> assertThat(page.names()).hasSize(100));
    }

    @Test
    void theSearchIsKeptWhenThePageIsLoadedAgain() {
        page.open(served.uri(), "");
        page.search().sendKeys("EXITc");
        page.soon(() -> assertThat(page.names()).containsExactly("clip-3", "clip-4"));
        browser.driver().navigate().refresh();
        page.soon(() -> assertThat(page.names()).containsExactly("clip-3", "clip-4"));
        assertThat(page.search().getDomProperty("value")).isEqualTo("EXITc");

        page.search().sendKeys(" nothing");
        page.soon(() -> assertThat(page.one(".task-queue__none").getText()).contains("No item matches."));
        page.one(".task-queue__none button").click();
        page.soon(() -> assertThat(page.names()).hasSize(100));
    }

    @Test
    void headersSortAndSaySo() {
        page.open(served.uri(), "");
        assertThat(page.header("state").getDomAttribute("aria-sort")).isEqualTo("ascending");
        page.sortBy("name");
        page.soon(() -> assertThat(page.names())
                .startsWith("clip-0", "clip-1", "clip-2")
                .contains("clip-99"));
        page.sortBy("name");
        page.soon(() -> assertThat(page.names()).startsWith("clip-249", "clip-248"));

        assertThat(page.header("name").getDomAttribute("aria-sort")).isEqualTo("descending");
        assertThat(page.header("state").getDomAttribute("aria-sort")).isNull();
    }

    @Test
    void pagesAreTurned() {
        page.open(served.uri(), "#sort=listed");
        assertThat(page.range()).isEqualTo("1 to 100 of 250");
        assertThat(page.page("Previous page").getDomAttribute("aria-disabled")).isEqualTo("true");
        page.page("Next page").click();
        page.soon(() -> assertThat(page.names()).startsWith("clip-100"));
        page.page("Last page").click();
        page.soon(() -> assertThat(page.names()).startsWith("clip-200").hasSize(50));
        assertThat(page.range()).isEqualTo("201 to 250 of 250");
        page.page("Next page").click();
        assertThat(page.address()).contains("offset=200");
        page.page("First page").click();
        page.soon(() -> assertThat(page.names()).startsWith("clip-0"));
    }

    @Test
    void aPageBehindTheLastLeadsToTheLast() {
        page.open(served.uri(), "#sort=listed&offset=900");

        page.soon(() -> assertThat(page.names()).startsWith("clip-200").hasSize(50));
    }
}
