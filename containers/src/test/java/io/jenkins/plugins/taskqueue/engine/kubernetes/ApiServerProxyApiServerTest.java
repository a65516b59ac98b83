package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the API server itself answers is told apart from what an ambassador would. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
class ApiServerProxyApiServerTest {
    private TestNamespace namespace;

    @BeforeEach
    void namespace() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void missingRightIsNamed() {
        assertThatThrownBy(() -> source().list(Listing.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("http://videos." + namespace.name + ".svc/items")
                .hasMessageContaining("refuses to get services/proxy")
                .hasMessageContaining("containers/deploy/ambassador-role.yaml");
    }

    @Test
    void missingServiceIsNamed() throws Exception {
        namespace.allowAmbassadors();

        assertThatThrownBy(() -> source().list(Listing.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("the API server says: services \"videos\" not found");
    }

    @Test
    void serviceWithoutPodsIsNamed() throws Exception {
        namespace.allowAmbassadors();
        namespace
                .admin
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("videos")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "nobody")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .inNamespace(namespace.name)
                .create();

        assertThatThrownBy(() -> source().list(Listing.NONE))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("the API server says: no endpoints available for service \"videos\"")
                .hasMessageContaining("that its pods are ready");
    }

    private HttpSource source() {
        var proxy = ApiServerProxy.service(namespace.client(), namespace.name, "http", "videos", "80");
        return new HttpSource(
                proxy, HttpSourceSettings.of("http://videos." + namespace.name + ".svc"), Clock.systemUTC());
    }
}
