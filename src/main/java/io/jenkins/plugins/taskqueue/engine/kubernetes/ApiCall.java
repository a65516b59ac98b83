package io.jenkins.plugins.taskqueue.engine.kubernetes;

/**
 * What is asked of the API server, for sentences.
 *
 * @param verb as a Role has it: {@code create}, {@code patch}, {@code delete} …
 * @param resource as a Role has it: {@code pods}, {@code jobs/status} …
 * @param name the object; empty for many
 */
record ApiCall(String verb, String resource, String name) {

    String right() {
        return verb + " " + resource;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? verb + " " + resource : verb + " " + resource + " " + name;
    }
}
