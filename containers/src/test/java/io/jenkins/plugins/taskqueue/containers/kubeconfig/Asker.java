package io.jenkins.plugins.taskqueue.containers.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.containers.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command that asks the API server of a kubeconfig one thing. */
record Asker(Path folder) {
    static final String NOTHING = "Cannot list pods: NotFound";

    Path kubeconfig(String cluster, String user) throws IOException {
        return Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                preferences: {}
                current-context: c
                clusters: [{name: k, cluster: {%s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: c, context: {cluster: k, user: u, namespace: media}}]
                """.formatted(cluster, user));
    }

    static CommandLineRun status(Path kubeconfig) {
        return CommandLineRun.of("status", "--queue", "q", "--kubeconfig", kubeconfig.toString());
    }

    AskedServer.Asked asked(String user) throws Exception {
        try (AskedServer api = new AskedServer(null, any -> true)) {
            CommandLineRun run = status(kubeconfig("server: \"" + api.url() + "\"", user));

            assertThat(run.err()).contains(NOTHING);
            return api.asked().get(0);
        }
    }

    AskedServer.Asked askedByTls(KeyPairFile server, String cluster, String user) throws Exception {
        try (AskedServer api = new AskedServer(server, any -> true)) {
            CommandLineRun run = status(kubeconfig("server: \"" + api.url() + "\", " + cluster, user));

            assertThat(run.err()).contains(NOTHING);
            return api.asked().get(0);
        }
    }

    static String data(String key, String pem) {
        return key + "-data: " + KeyPairFile.base64(pem);
    }
}
