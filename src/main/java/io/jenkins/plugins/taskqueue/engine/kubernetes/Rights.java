package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** The rights in a namespace that a queue needs, each as {@code verb group/resource}, with an empty core group. */
public final class Rights {
    /** As in containers/deploy/role.yaml: what every queue needs. */
    public static final List<String> QUEUE = List.of(
            "get /configmaps",
            "list /configmaps",
            "watch /configmaps",
            "create /configmaps",
            "patch /configmaps",
            "delete /configmaps",
            "deletecollection /configmaps",
            "get batch/jobs",
            "list batch/jobs",
            "watch batch/jobs",
            "create batch/jobs",
            "delete batch/jobs",
            "deletecollection batch/jobs",
            "patch batch/jobs/status",
            "get /pods",
            "list /pods",
            "watch /pods",
            "create /pods",
            "patch /pods",
            "delete /pods",
            "deletecollection /pods",
            "get /pods/log",
            "get coordination.k8s.io/leases",
            "create coordination.k8s.io/leases",
            "update coordination.k8s.io/leases",
            "delete coordination.k8s.io/leases");

    /** In containers/deploy/role.yaml too: without it a row does not say why a pod's volumes or its network are not there. */
    public static final List<String> OPTIONAL = List.of("list /events");

    /** As in containers/deploy/ambassador-role.yaml: what ambassadors in the cluster need, and nothing else does. */
    public static final List<String> AMBASSADORS =
            List.of("get /services/proxy", "create /services/proxy", "get /pods/proxy", "create /pods/proxy");

    private Rights() {}

    /**
     * Asks the API server for each right, which anybody who is known to it may.
     *
     * @return those that are missing, as {@code verb resource}
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when it does not answer
     */
    public static List<String> missing(KubernetesClient client, String namespace, List<String> rights) {
        List<String> missing = new ArrayList<>();
        for (String right : rights) {
            String[] parts = right.split("[ /]", 3);
            var answer = client.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(review(namespace, parts[0], parts[1], parts[2]));
            if (answer.getStatus() == null
                    || !Boolean.TRUE.equals(answer.getStatus().getAllowed())) {
                missing.add(parts[0] + " " + parts[2]);
            }
        }
        return missing;
    }

    private static SelfSubjectAccessReview review(String namespace, String verb, String group, String resource) {
        String[] parts = resource.split("/", 2);
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}
