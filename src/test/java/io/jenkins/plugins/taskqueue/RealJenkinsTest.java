package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** In a Jenkins of its own process each plugin has its class loader, which a JenkinsRule does not show. */
class RealJenkinsTest {
    @RegisterExtension
    private final RealJenkinsExtension real = new RealJenkinsExtension();

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer apiServer;

    @BeforeEach
    void startAnOldApiServer() throws Exception {
        byte[] version =
                "{\"major\":\"1\",\"minor\":\"31\",\"gitVersion\":\"v1.31.0\"}".getBytes(StandardCharsets.UTF_8);
        apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiServer.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, version.length);
            exchange.getResponseBody().write(version);
            exchange.close();
        });
        apiServer.start();
    }

    @AfterEach
    void stopIt() {
        apiServer.stop(0);
    }

    @Test
    void theKubernetesClientFindsItsLibrariesAndItsAnswerReachesTheBuildLog() throws Throwable {
        String url = "http://127.0.0.1:" + apiServer.getAddress().getPort();

        RealJenkinsExtension.Step build = jenkins -> build(jenkins, url);
        real.then(build);

        assertThat(asked).contains("/version");
    }

    private static void build(JenkinsRule jenkins, String url) throws Exception {
        ClusterConfig cluster = new ClusterConfig("old");
        cluster.setServerUrl(url);
        cluster.setNamespace("media");
        cluster.setPodYaml(true);
        TaskQueueConfiguration.get().setClusters(List.of(cluster));

        WorkflowRun run = new Pipelines(jenkins)
                .run(Result.FAILURE, "taskQueue image: 'acme/a:1', items: [a: [size: 3]], podYaml: 'spec: {}'");

        jenkins.assertLogContains("Task Queue needs Kubernetes 1.32 or later, and this is v1.31.0", run);
        BuildQueue queue = TaskQueueAction.of(run).queue("1");
        assertThat(queue.status().phase()).isEqualTo(Status.Phase.FAILED);
        assertThat(queue.status().sentence()).contains("upgrade the cluster");
        assertThat(run.getRootDir().toPath().resolve("task-queue-1-v1.json")).isNotEmptyFile();
    }
}
