package io.jenkins.plugins.taskqueue.kubeconfig;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the user of {@code kubectl} reaches clusters. Read here and not by fabric8, which leaves out what it does not know: who
 * asks would then be somebody else, with other rights. Of several files the first that names a thing wins.
 */
public final class Kubeconfig {
    private final Map<String, Section> contexts = new LinkedHashMap<>();
    private final Map<String, Section> clusters = new LinkedHashMap<>();
    private final Map<String, Section> users = new LinkedHashMap<>();
    private String current;

    private Kubeconfig() {}

    /**
     * Where kubectl finds it: in the files of the variable KUBECONFIG, else in the user's folder.
     *
     * @return empty where there is none
     * @throws IllegalArgumentException with a sentence, where there is one that can't be used
     */
    public static Optional<Kubeconfig> find(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("KUBECONFIG", "");
        if (environment.getOrDefault("KUBERNETES_AUTH_TRYKUBECONFIG", "").equals("false")) {
            return Optional.empty();
        }
        List<Path> paths = named.isBlank()
                ? List.of(home.resolve(".kube").resolve("config"))
                : Arrays.stream(named.split(File.pathSeparator))
                        .filter(path -> !path.isBlank())
                        .map(Path::of)
                        .toList();
        List<Path> there = paths.stream().filter(Files::exists).toList();
        if (there.isEmpty() && !named.isBlank()) {
            throw new IllegalArgumentException(
                    "There is no kubeconfig " + named + ", which the variable KUBECONFIG names.");
        }
        Kubeconfig found = of(there);
        return found.contexts.isEmpty() && found.clusters.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** @throws IllegalArgumentException with a sentence, where a file can't be used */
    public static Kubeconfig of(List<Path> files) {
        Kubeconfig all = new Kubeconfig();
        for (Path file : files) {
            all.add(Section.of("the kubeconfig", file, read(file)));
        }
        return all;
    }

    private void add(Section file) {
        String itsCurrent = file.text("current-context").orElse(null);
        current = current == null ? itsCurrent : current;
        add(file, "contexts", "context", contexts);
        add(file, "clusters", "cluster", clusters);
        add(file, "users", "user", users);
    }

    private static void add(Section file, String list, String kind, Map<String, Section> all) {
        for (Section entry : file.sections(list)) {
            String name = entry.needed("name");
            all.putIfAbsent(name, entry.section(kind, kind + " \"" + name + "\""));
        }
    }

    /**
     * How a context's cluster is reached, and as whom. Runs nothing and asks nobody yet.
     *
     * @param context null for the current one
     * @throws IllegalArgumentException with a sentence, where something is missing or would be left out
     */
    public Access access(String context) {
        String name = context == null ? current : context;
        if (name == null) {
            throw new IllegalArgumentException("The kubeconfig has no current-context: say which context to use.");
        }
        Section chosen = named(contexts, "context", name);
        Section cluster = named(clusters, "cluster", chosen.needed("cluster"));
        Server server = Server.of(cluster);
        Caller caller = chosen.text("user")
                .map(user -> User.caller("user \"" + user + "\"", named(users, "user", user), server))
                .orElseGet(Caller::nobody);
        String namespace = chosen.text("namespace").orElse(null);
        chosen.ignore("extensions");
        chosen.refuseTheRest();
        return new Access(server, caller, namespace);
    }

    private static Section named(Map<String, Section> all, String kind, String name) {
        Section found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The kubeconfig has no " + kind + " \"" + name + "\". It has: "
                    + String.join(", ", all.keySet()) + ".");
        }
        return found.copy();
    }

    private static Object read(Path file) {
        try {
            String text = Files.readString(file);
            var yaml = new KubernetesSerialization();
            try {
                return yaml.unmarshal(text, Object.class);
            } catch (RuntimeException e) {
                // What begins with a brace was taken for JSON, and may be YAML all the same.
                return yaml.unmarshal("---\n" + text, Object.class);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no kubeconfig " + file + ".", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The kubeconfig " + file + " can't be read (" + e + ").", e);
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason =
                    String.valueOf(root.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("The kubeconfig " + file + " is no YAML (" + reason + ").", e);
        }
    }
}
