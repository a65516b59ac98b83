package io.jenkins.plugins.taskqueue.containers.check;

import java.util.List;

/**
 * A listing read from its first page to its last, as far as its pages could be followed.
 *
 * @param fault what broke it, and which rule that is of; null where nothing did
 */
record Walk(Reply first, List<String> names, int pages, boolean acknowledges, Finding fault) {

    /** @param query what each request has, such as {@code limit=1}; may be empty */
    static Walk of(Probe probe, String query) throws InterruptedException {
        return new Walker(probe, query).walk();
    }
}
