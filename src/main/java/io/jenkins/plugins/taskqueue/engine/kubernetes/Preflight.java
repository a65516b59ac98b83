package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.VersionInfo;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out before anything is claimed whether the queue can work at all: the server's version, every right that will be
 * needed, and whether it takes the Job and a pod.
 */
final class Preflight {
    private final KubernetesApi api;

    Preflight(KubernetesApi api) {
        this.api = api;
    }

    /** @throws ClusterException REFUSED or FATAL, with the sentence of what is wrong */
    void check(Job job, Pod pod) throws ClusterException, InterruptedException {
        version();
        rights();
        Job answer = tryJob(job);
        if (answer != null && !Keys.MANAGER.equals(answer.getSpec().getManagedBy())) {
            throw tooOld("it ignores spec.managedBy of Jobs");
        }
        tryPod(pod);
    }

    private void version() throws ClusterException, InterruptedException {
        VersionInfo version = api.ask(new ApiCall("get", "version", ""), "/version", null, VersionInfo.class);
        if (ServerVersion.isTooOld(version)) {
            throw tooOld("this is " + version.getGitVersion());
        }
    }

    static ClusterException tooOld(String fact) {
        return new ClusterException(
                Kind.FATAL,
                "Task Queue needs Kubernetes " + ServerVersion.NEEDED + " or later, and " + fact
                        + ": upgrade the cluster.");
    }

    private void rights() throws ClusterException, InterruptedException {
        var review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(api.namespace())
                .endSpec()
                .build();
        SubjectRulesReviewStatus status;
        try {
            var call = new ApiCall("create", "selfsubjectrulesreviews", "");
            String path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
            status = api.ask(call, path, review, SelfSubjectRulesReview.class).getStatus();
        } catch (ClusterException e) {
            if (e.kind() == Kind.REFUSED || e.kind() == Kind.GONE) {
                return; // not every cluster answers this; a missing right then shows when it is needed
            }
            throw e;
        }
        if (status == null || Boolean.TRUE.equals(status.getIncomplete())) {
            return;
        }
        List<String> missing = new ArrayList<>();
        for (String right : Rights.QUEUE) {
            String[] parts = right.split("[ /]", 3);
            if (status.getResourceRules().stream().noneMatch(rule -> allows(rule, parts[0], parts[1], parts[2]))) {
                missing.add(parts[0] + " " + parts[2]);
            }
        }
        if (!missing.isEmpty()) {
            throw new ClusterException(
                    Kind.FATAL,
                    "In namespace " + api.namespace() + " these rights are missing: " + String.join(", ", missing)
                            + ". Bind the Role in containers/deploy/role.yaml to the user or ServiceAccount of the queue manager.");
        }
    }

    private static boolean allows(ResourceRule rule, String verb, String group, String resource) {
        return names(rule.getVerbs(), verb)
                && names(rule.getApiGroups(), group)
                && names(rule.getResources(), resource)
                && rule.getResourceNames().isEmpty();
    }

    private static boolean names(List<String> allowed, String one) {
        return allowed.contains(one) || allowed.contains("*");
    }

    private Job tryJob(Job job) throws ClusterException, InterruptedException {
        try {
            return api.tryCreate("jobs", job);
        } catch (ClusterException e) {
            if (isNoVerdict(e)) {
                return null;
            }
            throw e;
        }
    }

    private void tryPod(Pod pod) throws ClusterException, InterruptedException {
        try {
            api.tryCreate("pods", pod);
        } catch (ClusterException e) {
            if (!isNoVerdict(e)) {
                throw e;
            }
        }
    }

    /** A full quota is no error, and a webhook that can't be tried out says nothing. */
    private static boolean isNoVerdict(ClusterException e) {
        return e.kind() == Kind.QUOTA
                || e.kind() == Kind.CONFLICT
                || e.getMessage().contains("does not support dry run");
    }
}
