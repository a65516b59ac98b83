package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ambassadors in real pods, reached through the API server. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class AmbassadorClusterTest {
    /** An ambassador in shell: lists three items, and gives the path that it was asked for as data. */
    private static final String POD = """
            metadata: {labels: {app: videos}}
            spec:
              securityContext: {runAsUser: 1000}
              containers:
                - name: ambassador
                  command: [sh, -c]
                  args:
                    - |
                      mkdir -p /tmp/www/cgi-bin && cd /tmp/www
                      cat > cgi-bin/videos <<'END'
                      #!/bin/sh
                      case "$PATH_INFO" in
                        /items) printf 'Content-Type: application/json\\r\\n\\r\\n'
                          printf '{"kind":"ItemList","apiVersion":"v1","items":["a b/ä.mp4","50%%?","x"]}' ;;
                        /items/x) printf 'Status: 302 Found\\r\\nLocation: /cgi-bin/videos/items/z\\r\\n\\r\\n' ;;
                        /items/y) printf 'Status: 503 Busy\\r\\n\\r\\n{"message":"out to lunch"}' ;;
                        *) printf 'Content-Type: application/json\\r\\n\\r\\n'
                          printf '{"kind":"Item","apiVersion":"v1","data":"%s"}' "$PATH_INFO" ;;
                      esac
                      END
                      chmod +x cgi-bin/videos
                      exec httpd -f -p 8080
            """;

    private static final AmbassadorPod AMBASSADOR = new AmbassadorPod(TestQueue.IMAGE, 8080, List.of(), POD);
    private static final String BASE = "http://videos.svc/cgi-bin/videos";

    private TestNamespace namespace;
    private KubernetesClient client;
    private TestQueue queue;

    @BeforeEach
    void queue() throws Exception {
        namespace = new TestNamespace();
        namespace.allowAmbassadors();
        client = namespace.client();
        queue = new TestQueue(client, namespace.name, TestQueue.spec("videos", "")).open();
    }

    @AfterEach
    void close() {
        queue.close();
        namespace.close();
    }

    @Test
    void imageIsStartedReachedAndGoneAtTheEnd() throws Exception {
        try (var source = image()) {
            assertThat(source.list(Listing.NONE).names()).containsExactly("a b/ä.mp4", "50%?", "x");
            assertThat(source.data("a b/ä.mp4")).contains("\"/items/a b/ä.mp4\"");
            assertThat(source.data("50%?")).contains("\"/items/50%?\"");
        }
        namespace.awaitNoPods();
    }

    @Test
    void serviceIsReachedByItsPortsNameAndNumber() throws Exception {
        namespace
                .admin
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("videos")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "videos")
                        .addNewPort()
                        .withName("api")
                        .withPort(80)
                        .withNewTargetPort(8080)
                        .endPort()
                        .endSpec()
                        .build())
                .inNamespace(namespace.name)
                .create();
        try (var started = image()) {
            started.list(Listing.NONE);
            for (String port : List.of("api", "80")) {
                var source = over(ApiServerProxy.service(client, namespace.name, "http", "videos", port));
                await().atMost(TestQueue.LONG)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(source.list(Listing.NONE).names()).hasSize(3));
            }
        }
    }

    @Test
    void ambassadorsOwnErrorsAreItsOwn() throws Exception {
        try (var source = image()) {
            source.list(Listing.NONE);
            assertThatThrownBy(() -> source.data("y"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("answered 503 (\"out to lunch\")");
            assertThatThrownBy(() -> source.data("x"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("it redirects, and that is not followed");
        }
    }

    private PodSource image() {
        return PodSource.of(
                client, namespace.name, QueueId.of("videos"), "build 1", AMBASSADOR, AmbassadorClusterTest::over);
    }

    private static HttpSource over(HttpClient http) {
        return new HttpSource(http, HttpSourceSettings.of(BASE), Clock.systemUTC());
    }
}
