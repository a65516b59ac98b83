package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;

/** Whether an ambassador that wants to be told takes it, again and again, and lists what is done no longer. */
final class AcknowledgeCheck {
    private AcknowledgeCheck() {}

    /** @param item the item to tell of, which is done thereby; empty for none */
    static Finding check(Subject subject, String item) throws InterruptedException {
        var walk = subject.walk();
        if (item.isEmpty()) {
            return walk.acknowledges()
                    ? Rule.ACKNOWLEDGES.untried(
                            "It wants to be told which items are done. --acknowledge ITEM tries that,"
                                    + " and that item is then done for it.")
                    : Rule.ACKNOWLEDGES.absent("It does not want to be told which items are done.");
        } else if (!walk.acknowledges()) {
            return Rule.ACKNOWLEDGES.broken(walk.first().url()
                    + " does not have \"acknowledges\": true, so nobody tells it what is done: add it to the listing.");
        } else if (!walk.names().contains(item)) {
            return Rule.ACKNOWLEDGES.untried(
                    "There is no item " + ItemNames.shown(item) + ": give one that is listed.");
        }
        try {
            subject.queue().done(item);
            subject.queue().done(item);
            subject.queue().done(UnknownItemCheck.NO_SUCH_ITEM);
        } catch (SourceException e) {
            return Rule.ACKNOWLEDGES.broken(e.getMessage()
                    + " Answer 204 when it is told, and 204 or 404 when it knew that or knows no such item.");
        }
        return subject.lists(item)
                ? Rule.ACKNOWLEDGES.broken(walk.first().url() + " still has " + ItemNames.shown(item)
                        + " after it was told that it is done: list an item until then, and not longer.")
                : Rule.ACKNOWLEDGES.holds(
                        "It was told twice that " + ItemNames.shown(item) + " is done, and lists it no longer.");
    }
}
