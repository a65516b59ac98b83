package io.jenkins.plugins.taskqueue.containers.check;

/** Whether an item that there is not is said to be none. */
final class UnknownItemCheck {
    static final String NO_SUCH_ITEM = "no-such-item-of-check-source";

    private UnknownItemCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var reply = subject.probe().get(subject.probe().item(NO_SUCH_ITEM));
        if (reply.isNotFound()) {
            return Rule.UNKNOWN_ITEM.holds("An item that there is not is answered by " + reply.status() + ".");
        } else if (reply.isOk() && ListPage.kind(reply.body()).equals("ItemList")) {
            return Rule.UNKNOWN_ITEM.absent("Every item is answered by the list, which tells nothing of it.");
        }
        return Rule.UNKNOWN_ITEM.broken(reply + " to an item that there is not: answer 404, else "
                + (reply.isOk() ? "a worker is started for an item that is gone." : "it is asked again and again."));
    }
}
