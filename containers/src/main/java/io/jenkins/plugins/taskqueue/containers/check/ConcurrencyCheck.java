package io.jenkins.plugins.taskqueue.containers.check;

/** Whether several requests at once are answered: a queue asks for the data of many items at a time. */
final class ConcurrencyCheck {
    private static final int AT_ONCE = 8;

    private ConcurrencyCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var names = subject.walk().names();
        var probe = subject.probe();
        var url = names.isEmpty() ? probe.list() : probe.item(names.get(0));
        var alone = probe.get(url);
        for (var reply : probe.getAtOnce(url, AT_ONCE)) {
            if (reply.status() != alone.status()) {
                return Rule.CONCURRENCY.broken(reply + " when it was asked " + AT_ONCE + " times at once, and alone "
                        + alone.status() + ": serve each connection by a thread of its own.");
            }
        }
        return Rule.CONCURRENCY.holds(AT_ONCE + " requests at once are answered.");
    }
}
