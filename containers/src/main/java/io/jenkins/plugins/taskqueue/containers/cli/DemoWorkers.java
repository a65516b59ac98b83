package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.worker.EnvVar;
import io.jenkins.plugins.taskqueue.engine.worker.Volume;
import io.jenkins.plugins.taskqueue.engine.worker.Volume.Kind;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The thumbnailer as a worker. */
final class DemoWorkers {
    private static final String IMAGE = "docker.io/task-queue/thumbnailer:1";
    /** Where {@code scripts/cluster} keeps the kubeconfig of a cluster that it runs. */
    private static final Pattern OWN_CLUSTER = Pattern.compile(".*/clusters/([a-z0-9-]+)/pki/admin\\.kubeconfig");

    private DemoWorkers() {}

    static WorkerSpec local(Repository repository, DemoFiles files) {
        List<EnvVar> env = List.of(
                EnvVar.literal("VIDEOS_DIR", files.videos().toString()),
                EnvVar.literal("OUTPUT_DIR", files.thumbnails().toString()));
        String script = repository.file("examples/thumbnails/thumbnail.sh").toString();
        return WorkerSpec.builder("").command(List.of(script)).env(env).build();
    }

    /** The same script in its image, with the demo's directories of this machine mounted from the node. */
    static WorkerSpec kubernetes(
            Repository repository, DemoFiles files, KubernetesOptions kubernetes, Consumer<String> say)
            throws IOException, InterruptedException {
        say.accept("Making the thumbnailer's image, once; it takes a few minutes …");
        String archive = repository.run("scripts/images", "thumbnailer");
        Matcher own = OWN_CLUSTER.matcher(kubernetes.file().toRealPath().toString());
        if (own.matches()) {
            repository.run("scripts/cluster", "load", archive, "--name", own.group(1));
        } else {
            say.accept("The node needs the image " + IMAGE + ": load " + archive + " into it.");
        }
        say.accept("The node needs the directory " + files.directory() + ": it must be this machine, or share it.");
        // The image's user is another one than this process's.
        allow(files.directory(), "rwxr-xr-x");
        allow(files.thumbnails(), "rwxrwxrwx");
        List<Volume> volumes = List.of(
                new Volume(Kind.HOST_PATH, files.videos().toString(), "/videos", true),
                new Volume(Kind.HOST_PATH, files.thumbnails().toString(), "/thumbnails", false));
        return WorkerSpec.builder(IMAGE).volumes(volumes).build();
    }

    private static void allow(Path directory, String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }
}
