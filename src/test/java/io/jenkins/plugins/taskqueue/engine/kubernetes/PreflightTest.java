package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightTest {
    @Test
    void shippedRoleGivesExactlyTheRightsThatAreNeeded() throws Exception {
        var file = Path.of(System.getProperty("taskqueue.home"), "containers/deploy/role.yaml");
        var serialization = new KubernetesSerialization();
        Role role = Arrays.stream(Files.readString(file).split("(?m)^---$"))
                .<KubernetesResource>map(serialization::unmarshal)
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(rights(role)).containsExactlyInAnyOrderElementsOf(Preflight.RIGHTS);
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
