package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Patience;
import io.jenkins.plugins.taskqueue.engine.kubernetes.Transport.Request;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every URL that is made of what somebody named leads where it would with a plain name. */
class ApiRequestsTest {
    private static final ApiRequests REQUESTS = new ApiRequests("media");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../../secrets",
                "a/b",
                "a?b=c",
                "a#b",
                "a&limit=9",
                "a%2Fb",
                "a b",
                "a+b",
                "é",
                "a;b",
                "a\\b",
                "a\r\nHost: b",
                "{}"
            })
    void noNameLeadsElsewhere(String name) {
        assertThat(made(name)).hasSameSizeAs(made("plain")).allSatisfy(request -> {
            int at = made(name).indexOf(request);
            assertThat(shape(request)).isEqualTo(shape(made("plain").get(at)));
        });
    }

    /** The segment would be encoded all the same: but a name that is none is somebody's mistake, or worse. */
    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "A", "../../../../api/v1/namespaces/media/services/x"})
    void aNamespaceThatIsNoneIsRefused(String namespace) throws Exception {
        try (var server = new PlayedServer((asked, out) -> {})) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> new KubernetesApi(new Transport(server::client), namespace, null),
                    () -> ApiServerProxy.service(server.client(), namespace, "http", "videos", "80"),
                    () -> ApiServerProxy.service(server.client(), "media", "http", namespace, "80"),
                    () -> ApiServerProxy.service(server.client(), "media", "http", "videos", namespace),
                    () -> ApiServerProxy.pod(server.client(), namespace, "a", 80, () -> ""))) {
                assertThatThrownBy(use)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(" is \"" + namespace + "\": give at most 63 of a-z");
            }
        }
    }

    private static List<Request> made(String name) {
        var labels = Map.of("app", name);
        var object = new ObjectReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(name)
                .build();
        return List.of(
                REQUESTS.get(Pod.class, name, Patience.USUAL),
                REQUESTS.list(Job.class, labels, name, 7),
                REQUESTS.watch(Pod.class, labels, name, 5, Patience.USUAL),
                REQUESTS.replace(ConfigMap.class, name, "{}", Patience.USUAL),
                REQUESTS.patch(Pod.class, name, "/status", ApiRequests.MERGE, "{}"),
                REQUESTS.delete(Pod.class, name, 0),
                REQUESTS.delete(object),
                REQUESTS.deleteAll(Pod.class, labels),
                REQUESTS.deleteAll(Pod.class, labels, List.of(name)),
                REQUESTS.log(name, name, 7),
                new Request("GET", REQUESTS.events(name), null, null, Patience.USUAL),
                new ApiRequests(name).get(Pod.class, "a", Patience.USUAL));
    }

    /** How many parts the path has when whoever reads it has resolved it, and which parameters there are. */
    private static List<String> shape(Request request) {
        URI uri = URI.create("https://127.0.0.1:6443" + request.path()).normalize();
        assertThat(uri.getRawFragment()).isNull();
        String[] segments = uri.getRawPath().split("/", -1);
        Stream<String> parameters = uri.getRawQuery() == null
                ? Stream.of()
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .map(parameter -> parameter.split("=")[0]);
        return Stream.concat(Stream.of(segments.length + " " + segments[1]), parameters)
                .toList();
    }
}
