package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** A worker of several images, on the command line. */
final class StageOptions {
    @Option(
            names = "--stage",
            paramLabel = "NAME=IMAGE",
            description =
                    "Instead of --image: one of several images that do an item one after the other in one pod, over"
                            + " the shared directory $WORK_DIR. Its command may follow: --stage a=x -- CMD --stage b=y -- CMD.")
    private List<String> stages = new ArrayList<>();

    @Option(names = "--stage-env", paramLabel = "STAGE:NAME=VALUE", description = "A variable of one stage alone.")
    private List<String> env = new ArrayList<>();

    @Option(
            names = "--stage-env-from-secret",
            paramLabel = "STAGE:NAME=SECRET/KEY",
            description = "A variable of one stage alone whose value is in a Secret.")
    private List<String> envFromSecret = new ArrayList<>();

    boolean isGiven() {
        return !stages.isEmpty();
    }

    /**
     * @param rest what follows the first "--"
     * @param local whether stages need no image
     * @throws IllegalArgumentException with a sentence for the user
     */
    List<Stage> stages(List<String> rest, boolean local) {
        List<StageArguments> given = isGiven() ? StageArguments.of(stages, rest) : List.of();
        Set<String> names = given.stream().map(one -> name(one.text())).collect(Collectors.toSet());
        checkNames("--stage-env", env, names);
        checkNames("--stage-env-from-secret", envFromSecret, names);
        return given.stream().map(one -> stage(one, local)).toList();
    }

    private Stage stage(StageArguments given, boolean local) {
        String text = given.text();
        String name = name(text);
        String image = text.substring(Math.min(text.length(), name.length() + 1));
        if (image.isBlank() && !local) {
            throw new IllegalArgumentException(
                    "--stage \"" + text + "\" names no image: give NAME=IMAGE, such as decode=acme/decode:1.");
        }
        List<EnvVar> variables = new ArrayList<>();
        variables.addAll(of(name, env, WorkerArguments::literal));
        variables.addAll(of(name, envFromSecret, WorkerArguments::secret));
        List<String> command = given.command();
        return new Stage(
                name,
                image,
                command.stream().limit(1).toList(),
                command.stream().skip(1).toList(),
                variables);
    }

    private static String name(String text) {
        return text.split("=", 2)[0];
    }

    private static List<EnvVar> of(String stage, List<String> texts, Function<String, EnvVar> reader) {
        return texts.stream()
                .filter(text -> text.startsWith(stage + ":"))
                .map(text -> reader.apply(text.substring(stage.length() + 1)))
                .toList();
    }

    private static void checkNames(String option, List<String> texts, Set<String> names) {
        for (String text : texts) {
            if (text.indexOf(':') < 0 || !names.contains(text.substring(0, text.indexOf(':')))) {
                throw new IllegalArgumentException(option + " \"" + text
                        + "\" begins with no stage's name: give STAGE:NAME=…"
                        + (names.isEmpty() ? " beside --stage." : " with one of " + String.join(", ", names) + "."));
            }
        }
    }
}
