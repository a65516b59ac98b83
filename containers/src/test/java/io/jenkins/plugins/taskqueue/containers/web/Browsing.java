package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.chrome.ChromeDriver;

/** Lends each test a browser of the test run, and holds every page to its content security policy. */
final class Browsing implements BeforeEachCallback, AfterEachCallback {
    private Browsers browsers;
    private Chromium chromium;

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        browsers = context.getRoot()
                .getStore(Namespace.create(Browsing.class))
                .computeIfAbsent(Browsers.class, key -> new Browsers(), Browsers.class);
        chromium = browsers.take();
        chromium.size(1280, 900);
        chromium.prefer("light");
        chromium.errors();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (chromium == null) {
            return; // there is no browser, and the test was skipped
        }
        try {
            assertThat(violations()).as("content security policy").isEmpty();
        } finally {
            browsers.giveBack(chromium);
        }
    }

    ChromeDriver driver() {
        return chromium.driver;
    }

    List<?> violations() {
        return chromium.violations();
    }

    List<String> errors() {
        return chromium.errors();
    }

    void size(int width, int height) {
        chromium.size(width, height);
    }

    void prefer(String colorScheme) {
        chromium.prefer(colorScheme);
    }
}
