package io.jenkins.plugins.taskqueue.containers.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.chrome.ChromeDriver;

/** Lends the one browser of a test run to each test, and holds every page to its content security policy. */
final class Browsing implements BeforeEachCallback, AfterEachCallback {
    private Chromium chromium;

    @Override
    public void beforeEach(ExtensionContext context) {
        chromium = context.getRoot()
                .getStore(Namespace.create(Browsing.class))
                .computeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class);
        chromium.size(1280, 900);
        chromium.prefer("light");
        chromium.errors();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (chromium == null) {
            return; // there is no browser, and the test was skipped
        }
        assertThat(violations()).as("content security policy").isEmpty();
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
