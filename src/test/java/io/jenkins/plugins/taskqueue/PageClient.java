package io.jenkins.plugins.taskqueue;

import hudson.model.User;
import java.net.URL;
import java.util.Map;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** Somebody at a browser without scripts, or a script. */
final class PageClient {
    private final JenkinsRule.WebClient client;
    private final String base;

    /** @param user null for nobody */
    PageClient(JenkinsRule jenkins, String user) throws Exception {
        client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setRedirectEnabled(false);
        client.setJavaScriptEnabled(false);
        base = jenkins.getURL().toString();
        if (user != null) {
            client.withBasicApiToken(user);
        }
    }

    /** The user sees builds in the new look. */
    static void newLook(String user) throws Exception {
        User.getById(user, true).addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));
    }

    HtmlPage page(String path) throws Exception {
        return client.goTo(path);
    }

    WebResponse get(String path, String... headers) throws Exception {
        return send(HttpMethod.GET, path, headers);
    }

    WebResponse post(String path) throws Exception {
        return send(HttpMethod.POST, path);
    }

    /** The status code alone. */
    int postQuietly(String path) {
        try {
            return post(path).getStatusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private WebResponse send(HttpMethod method, String path, String... headers) throws Exception {
        WebRequest request = new WebRequest(new URL(base + path), method);
        for (int i = 0; i < headers.length; i += 2) {
            request.setAdditionalHeader(headers[i], headers[i + 1]);
        }
        // Not as a page: one without content would leave the last one open.
        return client.loadWebResponse(request);
    }
}
