package io.jenkins.plugins.taskqueue.engine.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of several images that do an item one after the other in one pod. Each has the worker's whole contract, and shares
 * the directory {@code WORK_DIR} with the others.
 *
 * @param name a DNS label, unique in its worker: it names the container
 * @param image the container image; empty where the user's Pod says it, or for local processes
 * @param command replaces the image's entry point; empty keeps it
 * @param args replaces the image's arguments; empty keeps them
 * @param env environment variables of this stage alone
 */
public record Stage(String name, String image, List<String> command, List<String> args, List<EnvVar> env) {
    /** RFC 1123, which Kubernetes asks of a container's name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** The last stage's container has this name, as the only one of a worker without stages has. */
    private static final String RESERVED = "worker";

    /** @throws IllegalArgumentException with a sentence where the name can't be one */
    public Stage {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = List.copyOf(env);
        if (!NAME.matcher(name).matches() || name.equals(RESERVED)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" can't be the name of a stage: give at most 63 of a-z, 0-9"
                            + " and -, such as \"decode\", and not \"worker\".");
        }
    }

    static void check(List<Stage> stages) {
        Set<String> names = new HashSet<>();
        for (Stage stage : stages) {
            if (!names.add(stage.name)) {
                throw new IllegalArgumentException(
                        "Two stages have the name \"" + stage.name + "\": give each a name of its own.");
            }
        }
    }

    String describe() {
        return image.isBlank() ? name : name + " (" + image + ")";
    }

    /** How a stage is called in sentences, such as "stage decode, 1 of 3". */
    public static String title(String name, int index, int count) {
        return "stage " + name + ", " + (index + 1) + " of " + count;
    }
}
