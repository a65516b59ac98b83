package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightTest {
    @Test
    void shippedRoleGivesExactlyTheRightsThatAreNeeded() throws Exception {
        List<String> needed = new ArrayList<>(Rights.QUEUE);
        needed.addAll(Rights.OPTIONAL);
        assertThat(rights(role("role.yaml"))).containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void roleForAmbassadorsGivesExactlyWhatTheyNeedBeside() throws Exception {
        assertThat(rights(role("ambassador-role.yaml"))).containsExactlyInAnyOrderElementsOf(Rights.AMBASSADORS);
    }

    private static Role role(String name) throws IOException {
        var file = Path.of(System.getProperty("taskqueue.home", "."), "containers/deploy", name);
        var serialization = new KubernetesSerialization();
        return Arrays.stream(Files.readString(file).split("(?m)^---$"))
                .<KubernetesResource>map(serialization::unmarshal)
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rights(Role role) {
        List<String> rights = new ArrayList<>();
        for (PolicyRule rule : role.getRules()) {
            for (String resource : rule.getResources()) {
                rule.getVerbs()
                        .forEach(verb ->
                                rights.add(verb + " " + rule.getApiGroups().get(0) + "/" + resource));
            }
        }
        return rights;
    }
}
