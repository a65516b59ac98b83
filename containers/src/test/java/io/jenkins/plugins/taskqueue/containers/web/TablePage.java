package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;

/** The table as a reader sees and uses it. */
final class TablePage {
    private final WebDriver driver;

    TablePage(WebDriver driver) {
        this.driver = driver;
    }

    /** @param view the address' part after "#" */
    TablePage open(URI uri, String view) {
        driver.get("about:blank");
        driver.get(uri + view);
        return soon(() -> assertThat(all("tbody tr")).isNotEmpty());
    }

    TablePage soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(assertion);
        return this;
    }

    List<String> names() {
        return texts(".task-queue__name");
    }

    /** All at once, since rows come and go. */
    @SuppressWarnings("unchecked")
    List<String> texts(String css) {
        return (List<String>)
                script("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
    }

    Object script(String code, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(code, arguments);
    }

    WebElement one(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    private List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement chip(String state) {
        return one("[data-state='" + state + "']");
    }

    WebElement search() {
        return one("input[type=search]");
    }

    WebElement header(String name) {
        return one(".task-queue__head--" + name);
    }

    void sortBy(String name) {
        header(name).findElement(By.tagName("button")).click();
    }

    WebElement page(String label) {
        return one("nav button[aria-label='" + label + "']");
    }

    String range() {
        return one(".task-queue__range").getText();
    }

    /** Clicks the button that shows this text. */
    void press(String text) {
        all("button").stream()
                .filter(button -> button.isDisplayed() && button.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no button " + text))
                .click();
    }

    WebElement dialog() {
        return one("dialog");
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    String address() {
        return driver.getCurrentUrl();
    }
}
