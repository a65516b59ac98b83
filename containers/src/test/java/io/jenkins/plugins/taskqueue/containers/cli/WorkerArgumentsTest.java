package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.Volume.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerArgumentsTest {

    @Test
    void valueOfAVariableIsEverythingAfterTheFirstEqualsSign() {
        assertThat(WorkerArguments.literal("A=b=c\nd")).isEqualTo(EnvVar.literal("A", "b=c\nd"));
        assertThat(WorkerArguments.literal("A=")).isEqualTo(EnvVar.literal("A", ""));
    }

    @Test
    void variableWithoutAValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerArguments.literal("SIZE"))
                .withMessage("--env \"SIZE\" can't be read: give NAME=VALUE, such as SIZE=large.");
    }

    @Test
    void variablesComeFromSecretsAndConfigMaps() {
        assertThat(WorkerArguments.secret("P=store/password")).isEqualTo(EnvVar.secret("P", "store", "password"));
        assertThat(WorkerArguments.configMap("M=set/mode")).isEqualTo(EnvVar.configMap("M", "set", "mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerArguments.secret("P=store"));
    }

    @Test
    void resourceGivenTwiceIsRefused() {
        assertThat(WorkerArguments.pairs("--request", List.of("cpu=500m", "memory=1Gi")))
                .isEqualTo(Map.of("cpu", "500m", "memory", "1Gi"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerArguments.pairs("--request", List.of("cpu=1", "cpu=2")))
                .withMessage("--request gives cpu twice: give it once.");
    }

    @Test
    void tolerationsHaveKeyValueAndEffect() {
        assertThat(Toleration.parse("--toleration", "gpu=true:NoSchedule"))
                .isEqualTo(new Toleration("gpu", "true", "NoSchedule"));
        assertThat(Toleration.parse("--toleration", "gpu")).isEqualTo(new Toleration("gpu", null, ""));
        assertThat(Toleration.parse("--toleration", ":NoExecute")).isEqualTo(new Toleration("", null, "NoExecute"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Toleration.parse("--toleration", "gpu:Never"))
                .withMessageContaining("\"Never\" is no effect of a taint");
    }

    @Test
    void volumesAreOfAKind() {
        assertThat(Volume.parse("--volume", "pvc:videos:/videos:ro"))
                .isEqualTo(new Volume(Kind.PERSISTENT_VOLUME_CLAIM, "videos", "/videos", true));
        assertThat(Volume.parse("--volume", "host:/srv/videos:/videos"))
                .isEqualTo(new Volume(Kind.HOST_PATH, "/srv/videos", "/videos", false));
        assertThat(Volume.parse("--volume", "empty:/scratch"))
                .isEqualTo(new Volume(Kind.EMPTY_DIR, "", "/scratch", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:/b", "nfs:x:/b", "pvc:videos:relative", "pvc:/b", "empty:x:/b", "pvc:a:/b:rw"})
    void volumeOfAnotherShapeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Volume.parse("--volume", text))
                .withMessageStartingWith("--volume \"" + text + "\" can't be read: give KIND:SOURCE:PATH[:ro]");
    }
}
