package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.util.Locale;

/** The two HTTP libraries that queues run with. Tests that are not of both are of the one that a property names. */
enum HttpClients {
    /** What the command line has. */
    JDK,
    /** What Jenkins has. */
    OKHTTP;

    static HttpClients chosen() {
        return valueOf(System.getProperty("taskqueue.http", "jdk").toUpperCase(Locale.ROOT));
    }

    HttpClient.Factory factory() {
        return this == JDK ? new JdkHttpClientFactory() : new OkHttpClientFactory();
    }
}
