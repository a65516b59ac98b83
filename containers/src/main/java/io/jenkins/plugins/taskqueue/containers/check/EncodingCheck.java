package io.jenkins.plugins.taskqueue.containers.check;

import java.util.Map;
import java.util.TreeMap;

/** Whether names with other characters than letters and digits are understood where they stand in the path. */
final class EncodingCheck {
    private EncodingCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var odd = Samples.odd(subject.walk().names());
        var fault = ItemCheck.firstFault(subject, odd);
        if (fault.isPresent()) {
            return Rule.ENCODING.broken(fault.get());
        }
        for (Map.Entry<String, String> one : new TreeMap<>(Samples.ODD).entrySet()) {
            var reply = subject.probe().get(subject.probe().item(one.getValue()));
            if (reply.status() == 0 || reply.status() >= 500 || reply.status() / 100 == 3) {
                return Rule.ENCODING.broken(
                        reply + " to a name with " + one.getKey()
                                + ": take the path as it was sent, decode one segment of it, and answer 404 where there is no such item.");
            }
            if (!reply.isNotFound() && !reply.isOk()) {
                return Rule.ENCODING.advice(reply + " to a name with " + one.getKey()
                        + ": an item of such a name could not be had. Answer 404 where there is none.");
            }
        }
        return odd.isEmpty()
                ? Rule.ENCODING.holds("No listed name needs encoding; names that do are answered by 404.")
                : Rule.ENCODING.holds(odd.size() + " items were tried whose names need encoding.");
    }
}
