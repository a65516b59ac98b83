package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ServiceAccount of a deployed manager may do: the shipped Role and nothing else. */
@Tag("deploy")
class RightsDeployTest {
    private static final List<String> OUTSIDE = List.of(
            "POST /api/v1/namespaces/HERE/secrets",
            "GET /api/v1/namespaces/HERE/secrets",
            "GET /api/v1/namespaces/HERE/secrets/s3",
            "POST /apis/apps/v1/namespaces/HERE/deployments",
            "DELETE /apis/apps/v1/namespaces/HERE/deployments/task-queue-files",
            "POST /api/v1/namespaces/HERE/pods/first/exec?command=id&stdout=true",
            "POST /api/v1/namespaces/HERE/pods/first/eviction",
            "POST /apis/rbac.authorization.k8s.io/v1/namespaces/HERE/roles",
            "POST /apis/rbac.authorization.k8s.io/v1/namespaces/HERE/rolebindings",
            "POST /api/v1/namespaces/HERE/serviceaccounts/task-queue-files/token",
            "DELETE /api/v1/namespaces/HERE/persistentvolumeclaims/videos",
            "DELETE /api/v1/namespaces/HERE",
            "POST /api/v1/namespaces/default/pods",
            "POST /apis/batch/v1/namespaces/default/jobs",
            "POST /api/v1/namespaces/default/configmaps",
            "DELETE /api/v1/namespaces/default/pods/any",
            "DELETE /api/v1/namespaces/default/configmaps/kube-root-ca.crt",
            "DELETE /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler",
            "DELETE /api/v1/nodes/localhost",
            "GET /api/v1/pods");

    @TempDir
    private Path directory;

    private Site site;
    private KubernetesClient manager;

    @BeforeEach
    void deploy() throws Exception {
        site = new Site(directory);
        site.kubectl("apply", "-k", Site.HOME.resolve("examples/deploy/files").toString());
        site.kubectl("scale", "deployment/task-queue-files", "--replicas=0");
        manager = as("task-queue-files");
    }

    private KubernetesClient as(String account) {
        String token = site.admin
                .serviceAccounts()
                .inNamespace(site.namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        Config admin = site.admin.getConfiguration();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(admin.getMasterUrl())
                        .withCaCertData(admin.getCaCertData())
                        .withCaCertFile(admin.getCaCertFile())
                        .withOauthToken(token)
                        .build())
                .build();
    }

    @AfterEach
    void remove() throws Exception {
        manager.close();
        site.close();
    }

    @Test
    void itHasTheShippedRoleAndNothingElse() {
        var role = site.admin
                .rbac()
                .roles()
                .inNamespace(site.namespace)
                .withName("task-queue-files")
                .get();
        Set<String> has = rights(manager);
        try (KubernetesClient anybody = as("default")) {
            has.removeAll(rights(anybody));
        }

        assertThat(has)
                .isEqualTo(role.getRules().stream()
                        .map(RightsDeployTest::text)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What the API server says that somebody may do in the namespace. */
    private Set<String> rights(KubernetesClient who) {
        var review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(site.namespace)
                .endSpec()
                .build();
        return who.authorization().v1().selfSubjectRulesReview().create(review).getStatus().getResourceRules().stream()
                .map(RightsDeployTest::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsOutsideOfItIsRefused() {
        assertThat(OUTSIDE).allSatisfy(request -> {
            String[] parts = request.replace("HERE", site.namespace).split(" ");
            assertThatThrownBy(() -> manager.raw(parts[1], parts[0], parts[0].equals("GET") ? null : "{}"))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).as(e.getMessage()).isEqualTo(403));
        });
    }

    private static String text(ResourceRule rule) {
        return text(rule.getVerbs(), rule.getApiGroups(), rule.getResources());
    }

    private static String text(PolicyRule rule) {
        return text(rule.getVerbs(), rule.getApiGroups(), rule.getResources());
    }

    private static String text(List<String> verbs, List<String> groups, List<String> resources) {
        return groups + " " + resources + " " + new TreeSet<>(verbs);
    }
}
