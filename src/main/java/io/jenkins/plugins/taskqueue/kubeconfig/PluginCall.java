package io.jenkins.plugins.taskqueue.kubeconfig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.taskqueue.engine.kubernetes.CredentialsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a credential plugin is called.
 *
 * @param user whose it is, for sentences
 * @param hint how the plugin is installed; may be empty
 */
record PluginCall(String user, List<String> command, Map<String, String> environment, String hint) {
    private static final String API = "client.authentication.k8s.io/";
    private static final long SECONDS = 60;

    static Credential.Giver plugin(String user, Section exec, Server server) {
        String apiVersion = exec.needed("apiVersion");
        if (!List.of(API + "v1", API + "v1beta1").contains(apiVersion)) {
            throw exec.fault("has the apiVersion " + apiVersion + ", which is none of " + API + "v1 and v1beta1");
        }
        if (exec.text("interactiveMode").filter("Always"::equals).isPresent()) {
            throw exec.fault("wants to talk to a person (interactiveMode), which Task Queue can't offer it");
        }
        String program = exec.needed("command");
        List<String> command = new ArrayList<>();
        command.add(program.contains("/") ? exec.resolve(program).toString() : program);
        command.addAll(exec.texts("args"));
        Map<String, String> environment = new LinkedHashMap<>();
        for (Section variable : exec.sections("env")) {
            environment.put(variable.needed("name"), variable.text("value").orElse(""));
        }
        boolean tellsCluster = exec.flag("provideClusterInfo");
        environment.put("KUBERNETES_EXEC_INFO", info(apiVersion, tellsCluster ? server : null));
        var call = new PluginCall(
                user, command, environment, exec.text("installHint").orElse(""));
        exec.refuseTheRest();
        return new ExecPlugin(call, apiVersion, java.time.InstantSource.system());
    }

    private static String info(String apiVersion, Server server) {
        ObjectNode info = new ObjectMapper().createObjectNode();
        info.put("apiVersion", apiVersion).put("kind", "ExecCredential");
        ObjectNode spec = info.putObject("spec").put("interactive", false);
        if (server != null) {
            ObjectNode cluster = spec.putObject("cluster");
            cluster.put("server", server.url()).put("insecure-skip-tls-verify", server.insecure());
            server.tlsName().ifPresent(name -> cluster.put("tls-server-name", name));
            server.proxy().ifPresent(proxy -> cluster.put("proxy-url", proxy.toString()));
            server.authority()
                    .ifPresent(pem -> cluster.put(
                            "certificate-authority-data", Base64.getEncoder().encodeToString(pem)));
            cluster.set("config", new ObjectMapper().valueToTree(server.pluginConfig()));
        }
        return info.toString();
    }

    /** What the plugin wrote. Blocks for a minute at most. */
    String answer() {
        Process process = start();
        try {
            CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
            CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> passOn(process));
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw fault("gave no answer in " + SECONDS + " s", null);
            }
            if (process.exitValue() != 0) {
                String said = last.get(1, TimeUnit.SECONDS);
                throw fault("failed (" + (said.isEmpty() ? "exit code " + process.exitValue() : said) + ")", null);
            }
            return new String(out.get(SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault("was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw fault("gave no answer", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw fault("could not be started (" + e.getMessage() + ")", e);
        }
    }

    private static byte[] all(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** A plugin may tell a person what to do, such as to log in. Returns the last line. */
    private static String passOn(Process process) {
        String last = "";
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.err.println(line);
                last = line.isBlank() ? last : line.strip();
            }
        } catch (IOException e) {
            last = "it said nothing";
        }
        return last;
    }

    CredentialsException fault(String what, Exception cause) {
        return new CredentialsException(
                "The credential plugin " + command.get(0) + " of the kubeconfig's " + user + " " + what + "."
                        + (hint.isEmpty() ? "" : " " + hint.strip()),
                cause);
    }
}
