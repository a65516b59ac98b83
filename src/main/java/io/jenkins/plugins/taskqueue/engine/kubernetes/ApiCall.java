package io.jenkins.plugins.taskqueue.engine.kubernetes;

/**
 * What is asked of the API server, for sentences.
 *
 * @param verb as a Role has it: {@code create}, {@code patch}, {@code delete} …
 * @param resource as a Role has it: {@code pods}, {@code jobs/status} …
 * @param name the object; empty for many
 */
record ApiCall(String verb, String resource, String name) {

    /** Whether nothing at all can be done without it: what there is can't be seen, or no queue can be held. */
    boolean isVital() {
        return switch (resource) {
            case "configmaps", "jobs", "pods" -> verb.equals("list") || verb.equals("watch");
            case "leases" -> !verb.equals("delete");
            default -> false;
        };
    }

    String right() {
        return verb + " " + resource;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? verb + " " + resource : verb + " " + resource + " " + name;
    }
}
