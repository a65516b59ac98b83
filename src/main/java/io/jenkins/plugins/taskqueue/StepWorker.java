package io.jenkins.plugins.taskqueue;

import hudson.Util;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import io.jenkins.plugins.taskqueue.engine.worker.Toleration;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a step says of its worker, for the engine. All methods throw {@link IllegalArgumentException} with a sentence. */
final class StepWorker {
    private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile("([^=]+)=([^=/]+)/([^=/]+)");

    private StepWorker() {}

    static WorkerSpec of(WorkerStep step) {
        List<WorkerStage> given = step.getStages();
        List<WorkerStage> stages = given == null ? List.of() : given;
        if (step.getImage().isEmpty() && stages.isEmpty()) {
            throw new IllegalArgumentException(
                    "The worker's image is missing: give it with image, or several with stages.");
        }
        return WorkerSpec.builder(step.getImage())
                .command(GivenValues.values(step.getCommand()))
                .args(GivenValues.values(step.getArgs()))
                .env(variables(step.getEnv(), step.getSecretEnv()))
                .stages(stages.stream().map(StepWorker::stage).toList())
                .requests(resources(step.getResources(), "limits."))
                .limits(resources(step.getResources(), "requests."))
                .serviceAccount(Util.fixNull(step.getServiceAccount()))
                .priorityClass(Util.fixNull(step.getPriorityClass()))
                .volumes(volumes(step.getVolumes()))
                .tolerations(tolerations(step.getTolerations()))
                .nodeSelector(labels(step.getNodeSelector()))
                .security(security(step))
                .podYaml(Util.fixNull(step.getPodYaml()))
                .build();
    }

    private static Security security(WorkerStep step) {
        Integer user = step.getRunAsUser();
        if (user != null && user < 1) {
            throw new IllegalArgumentException(
                    "runAsUser is " + user + ": give the number of a user, 1 or more. 0 is root, which no worker is.");
        }
        return new Security(user == null ? null : user.longValue(), false, false, step.isServiceAccountToken());
    }

    static List<Volume> volumes(Object setting) {
        return GivenValues.values(setting).stream()
                .map(text -> Volume.parse("volumes", text.trim()))
                .toList();
    }

    static List<Toleration> tolerations(Object setting) {
        return GivenValues.values(setting).stream()
                .map(text -> Toleration.parse("tolerations", text.trim()))
                .toList();
    }

    static Map<String, String> labels(Object setting) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String text : GivenValues.values(setting)) {
            Matcher form = match(PAIR, "nodeSelector", text, "LABEL=VALUE, such as disk=ssd");
            labels.put(form.group(1).trim(), form.group(2).trim());
        }
        return labels;
    }

    private static Stage stage(WorkerStage stage) {
        if (stage.getImage().isEmpty()) {
            throw new IllegalArgumentException(
                    "The stage \"" + stage.getName() + "\" has no image: give each stage its own with image.");
        }
        return new Stage(
                stage.getName(),
                stage.getImage(),
                GivenValues.values(stage.getCommand()),
                GivenValues.values(stage.getArgs()),
                variables(stage.getEnv(), stage.getSecretEnv()));
    }

    private static List<EnvVar> variables(Object env, Object secretEnv) {
        List<EnvVar> variables = new ArrayList<>();
        GivenValues.values(env).forEach(text -> variables.add(literal(text)));
        GivenValues.values(secretEnv).forEach(text -> variables.add(secret(text)));
        return variables;
    }

    static EnvVar literal(String text) {
        Matcher form = match(PAIR, "env", text, "NAME=VALUE, such as SIZE=large");
        return EnvVar.literal(form.group(1).trim(), form.group(2));
    }

    static EnvVar secret(String text) {
        Matcher form = match(SECRET, "secretEnv", text, "NAME=SECRET/KEY, such as PASSWORD=store/password");
        return EnvVar.secret(
                form.group(1).trim(), form.group(2).trim(), form.group(3).trim());
    }

    /** @param other prefix of the amounts that are not meant: one without a prefix is both requested and the limit */
    static Map<String, String> resources(Object setting, String other) {
        Map<String, String> resources = new LinkedHashMap<>();
        for (String text : GivenValues.values(setting)) {
            Matcher form = match(PAIR, "resources", text, "NAME=AMOUNT, such as cpu=500m or limits.memory=1Gi");
            String name = form.group(1).trim();
            if (!name.startsWith(other)) {
                resources.put(
                        name.replaceFirst("^(requests|limits)\\.", ""),
                        form.group(2).trim());
            }
        }
        return resources;
    }

    private static Matcher match(Pattern pattern, String setting, String text, String shape) {
        Matcher form = pattern.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(setting + " \"" + text + "\" can't be read: give " + shape + ".");
        }
        return form;
    }
}
