package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.scaling.ScalingSpec;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a step's settings mean to the engine. All methods but {@link #check} throw {@link IllegalArgumentException} with a
 * sentence. */
final class StepSpec {
    private static final Pattern PAIR = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile("([^=]+)=([^=/]+)/([^=/]+)");

    private StepSpec() {}

    /**
     * @param request names the queue, and how many of its items run at once: a person may have changed that
     * @param poll how often the source is asked
     */
    static QueueSpec of(TaskQueueStep step, QueueRequest request, Duration poll) {
        OnFailure.of(step.getOnFailure());
        if ((step.getSource() == null) == (step.getItems() == null)) {
            throw new IllegalArgumentException(
                    step.getSource() == null
                            ? "The items are missing: name a source with source, or give them with items."
                            : "Both source and items are given: give one of them.");
        }
        return QueueSpec.builder(request.getQueueName(), worker(step))
                .named(request.isNamed())
                .scaling(scaling(step))
                .parallelism(request.getParallelism())
                .retries(step.getRetries())
                .timeout(span(step.getTimeout(), null))
                .failures(failures(step.getMaxFailures()))
                .batchItems(step.getBatch())
                .poll(poll)
                .keepRunning(span(step.getKeepRunning(), Duration.ZERO))
                .logs(true)
                .build();
    }

    private static ScalingSpec scaling(TaskQueueStep step) {
        Duration drainWithin = span(step.getDrainWithin(), null);
        Integer most = step.getMaxParallelism();
        if (most == null) {
            if (drainWithin != null) {
                throw new IllegalArgumentException(
                        "drainWithin is of use with maxParallelism only: say how far the parallelism may rise.");
            }
            return null;
        }
        return new ScalingSpec(step.getParallelism(), most, step.getUtilization(), drainWithin, ScalingSpec.WINDOW);
    }

    /** Before the step begins, so that what is wrong with its settings is told at once. */
    static void check(TaskQueueStep step, Run<?, ?> run, long nowMillis) throws AbortException {
        try {
            of(step, new QueueRequest("1", step, run, nowMillis), Duration.ZERO);
        } catch (IllegalArgumentException e) {
            throw (AbortException) new AbortException(e.getMessage()).initCause(e);
        }
    }

    private static Duration span(String text, Duration otherwise) {
        return text == null ? otherwise : Spans.parse(text);
    }

    static FailureLimit failures(Object limit) {
        return limit == null ? FailureLimit.NEVER : FailureLimit.parse(limit.toString());
    }

    private static WorkerSpec worker(TaskQueueStep step) {
        if (step.getImage().isEmpty()) {
            throw new IllegalArgumentException("The worker's image is missing: give it with image.");
        }
        List<EnvVar> env = new ArrayList<>();
        GivenValues.values(step.getEnv()).forEach(text -> env.add(literal(text)));
        GivenValues.values(step.getSecretEnv()).forEach(text -> env.add(secret(text)));
        return WorkerSpec.builder(step.getImage())
                .command(GivenValues.values(step.getCommand()))
                .args(GivenValues.values(step.getArgs()))
                .env(env)
                .requests(resources(step.getResources(), "limits."))
                .limits(resources(step.getResources(), "requests."))
                .serviceAccount(Util.fixNull(step.getServiceAccount()))
                .podYaml(Util.fixNull(step.getPodYaml()))
                .build();
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
