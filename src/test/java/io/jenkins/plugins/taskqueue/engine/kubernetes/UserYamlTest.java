package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A few lines of YAML that stand for more than any memory holds. */
class UserYamlTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Each level is a list of nine of the one before: 9^levels values. */
    static String bomb(int levels) {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i <= levels; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a" + i + ": &a" + i + " [" + (before + ",").repeat(8) + before + "]\n");
        }
        return yaml.toString();
    }

    private static void refused(String yaml, String why) {
        assertThatThrownBy(() -> UserPod.parse(yaml, SERIALIZATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The pod YAML " + why);
        assertThatThrownBy(() -> UserPod.check(yaml)).hasMessageContaining(why);
    }

    @Test
    void aliasesThatMultiplyAreRefusedBeforeAnythingIsBuilt() {
        refused(bomb(9), "has more than 20 aliases (line 4): write it out, or leave it out.");
        String doubled = "a0: &a0 {" + "k: [x,x,x,x,x,x,x,x,x,x]}\n";
        StringBuilder twos = new StringBuilder(doubled);
        for (int i = 1; i <= 10; i++) {
            twos.append("a" + i + ": &a" + i + " {l: *a" + (i - 1) + ", r: *a" + (i - 1) + "}\n");
        }
        refused(twos.toString(), "stands for more than 10000 values");
    }

    @Test
    void moreThanAPodHasIsRefused() {
        refused("a: " + "x".repeat(UserYaml.MOST_BYTES), "has more than 64 KiB");
        refused("a: [" + "x,".repeat(UserYaml.MOST_NODES) + "x]", "stands for more than 10000 values");
        refused("a: " + "[".repeat(30_000), "is nested deeper than 50 levels");
        refused("a: " + "{b: ".repeat(15_000), "is nested deeper than 50 levels");
    }

    @Test
    void anAliasOfItselfOrOfNothingIsRefused() {
        refused("a: &a [*a]", "has an alias, *a, of nothing that has ended before it (line 1)");
        refused("a: &a {b: *a}", "has an alias, *a");
        refused("a: *b", "has an alias, *b");
    }

    @Test
    void someAliasesAreReadAsEver() {
        Map<?, ?> read = UserYaml.mapping("a: &a {b: c}\nd: *a\ne: [*a, *a]\n");

        assertThat(read.get("d")).isEqualTo(Map.of("b", "c"));
        assertThat(read.get("e")).isEqualTo(List.of(Map.of("b", "c"), Map.of("b", "c")));
    }
}
