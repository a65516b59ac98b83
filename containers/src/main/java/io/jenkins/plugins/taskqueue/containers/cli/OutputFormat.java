package io.jenkins.plugins.taskqueue.containers.cli;

/** What is printed at the end. */
enum OutputFormat {
    /** A table for people. */
    TEXT,
    /** One JSON document with every item, and nothing else on standard output. */
    JSON
}
