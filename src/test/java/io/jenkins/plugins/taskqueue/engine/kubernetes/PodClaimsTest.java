package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpecBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way a job's author takes to an account, a Secret or the node: it is seen. */
class PodClaimsTest {
    private static final Security WITH_TOKEN = new Security(null, false, false, true);

    private static PodClaims of(WorkerSpecBuilder worker) {
        return PodClaims.of(QueueSpec.builder("videos", worker.build()).build());
    }

    private static PodClaims of(String yaml) {
        return of(WorkerSpec.builder("acme/a:1").podYaml(yaml));
    }

    @Test
    void aWorkerOfItsImageAloneTakesNothing() {
        PodClaims claims = of("");

        assertThat(claims.serviceAccount()).isEqualTo("default");
        assertThat(claims.token()).isFalse();
        assertThat(claims.secrets()).isEmpty();
        assertThat(claims.hostPaths()).isEmpty();
    }

    @Test
    void settingsAreSeen() {
        PodClaims claims = of(WorkerSpec.builder("acme/a:1")
                .serviceAccount("builder")
                .security(WITH_TOKEN)
                .pullSecrets(List.of("registry"))
                .env(List.of(EnvVar.secret("PASSWORD", "store", "password")))
                .volumes(List.of(
                        new Volume(Volume.Kind.SECRET, "tls", "/tls", true),
                        new Volume(Volume.Kind.HOST_PATH, "/", "/host", false))));

        assertThat(claims.serviceAccount()).isEqualTo("builder");
        assertThat(claims.token()).isTrue();
        assertThat(claims.secrets()).containsExactly("registry", "store", "tls");
        assertThat(claims.hostPaths()).containsExactly("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {containers: [{name: w, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}",
                "spec: {containers: [{name: w, envFrom: [{secretRef: {name: s}}]}]}",
                "spec: {initContainers: [{name: i, image: i, envFrom: [{secretRef: {name: s}}]}]}",
                "spec: {containers: [{name: w}, {name: side, image: i, envFrom: [{secretRef: {name: s}}]}]}",
                "spec: {volumes: [{name: v, secret: {secretName: s}}]}",
                "spec: {volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}]}",
                "spec: {volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: s}}}]}",
                "spec: {volumes: [{name: v, azureFile: {secretName: s, shareName: a}}]}",
                "spec: {volumes: [{name: v, flexVolume: {driver: d, secretRef: {name: s}}}]}",
                "spec: {imagePullSecrets: [{name: s}]}"
            })
    void everyWayToASecretIsSeen(String yaml) {
        assertThat(of(yaml).secrets()).containsExactly("s");
    }

    @Test
    void whatOnlyHasTheWordIsNoSecret() {
        assertThat(of("spec: {nodeSelector: {secret: 'yes'}, containers: [{name: w, env: [{name: SECRET, value: x}]}]}")
                        .secrets())
                .isEmpty();
    }

    @Test
    void theAccountAndTheNodesPathsOfAPodAreSeen() {
        assertThat(of("spec: {serviceAccountName: task-queue}").serviceAccount())
                .isEqualTo("task-queue");
        assertThat(of("spec: {serviceAccount: task-queue}").serviceAccount()).isEqualTo("task-queue");
        assertThat(of("spec: {volumes: [{name: v, hostPath: {path: /etc}}]}").hostPaths())
                .containsExactly("/etc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {automountServiceAccountToken: true}",
                "spec: {serviceAccountName: task-queue, automountServiceAccountToken: true}",
                "spec: {volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]}"
            })
    void noTokenIsMountedByAPodAlone(String yaml) {
        assertThatThrownBy(() -> of(yaml)).hasMessageContaining("mounts a token of the service account");
        assertThat(of(WorkerSpec.builder("acme/a:1").podYaml(yaml).security(WITH_TOKEN))
                        .token())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "A", "a.b", "-a", "a b", "../../../../api/v1/namespaces/media/services/x"})
    void noNameThatIsNoneBecomesPartOfAUrl(String name) {
        assertThatThrownBy(() -> DnsLabel.require("namespace", name)).hasMessageContaining("The namespace is \"");
        assertThat(DnsLabel.segment(name)).doesNotContain("/").doesNotMatch("\\.+");
    }
}
