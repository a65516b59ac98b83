package io.jenkins.plugins.taskqueue.containers.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a manager asked of the API server, by the API server's own account. */
final class AuditLog {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String user;
    private boolean working;

    AuditLog(TestCluster cluster) {
        String path = System.getenv().getOrDefault("TASKQUEUE_CLUSTER_AUDIT_LOG", "");
        assumeTrue(!path.isEmpty(), "SKIPPED: the cluster writes no audit log; start it with --audit");
        file = Path.of(path);
        user = "system:serviceaccount:" + cluster.namespace + ":task-queue";
    }

    /** Requests by verb and resource, such as {@code create pods}. */
    Map<String, Integer> requests() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        working = false;
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> line.contains(user + "\"")).forEach(line -> count(line, counts));
        }
        return counts;
    }

    private void count(String line, Map<String, Integer> counts) {
        try {
            JsonNode event = JSON.readTree(line);
            JsonNode object = event.path("objectRef");
            boolean pod = event.path("verb").asText().equals("create")
                    && object.path("resource").asText().equals("pods");
            working |= pod && !event.path("requestURI").asText().contains("dryRun");
            if (working && event.path("verb").asText().equals("list")) {
                counts.merge("list-while-working " + object.path("resource").asText(), 1, Integer::sum);
            }
            boolean counted = event.path("stage").asText().equals("ResponseComplete")
                    && event.path("user").path("username").asText().equals(user)
                    && !event.path("requestURI").asText().contains("dryRun");
            if (counted) {
                String sub = object.path("subresource").asText();
                String resource = object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub);
                counts.merge(event.path("verb").asText() + " " + resource, 1, Integer::sum);
            }
        } catch (IOException halfWrittenLine) {
            // the last line may be being written
        }
    }

    static int writes(Map<String, Integer> requests) {
        return sum(requests, WRITES);
    }

    static int listsWhileWorking(Map<String, Integer> requests) {
        return sum(requests, Set.of("list-while-working"));
    }

    private static int sum(Map<String, Integer> requests, Set<String> verbs) {
        return requests.entrySet().stream()
                .filter(entry -> verbs.contains(entry.getKey().split(" ")[0]))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
