package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;
import java.util.List;
import java.util.Optional;

/** Whether listed items are answered by their data. */
final class ItemCheck {
    private ItemCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var names = subject.walk().names();
        // Where all names are odd ones, some of them have to do.
        var samples =
                Samples.plain(names).isEmpty() ? names.subList(0, Math.min(1, names.size())) : Samples.plain(names);
        if (samples.isEmpty()) {
            return Rule.ITEM.untried("The listing is empty: list an item.");
        }
        var fault = firstFault(subject, samples);
        if (fault.isPresent()) {
            return Rule.ITEM.broken(fault.get());
        }
        var first = subject.probe().get(subject.probe().item(samples.get(0)));
        if (ListPage.kind(first.body()).equals("ItemList")) {
            return Rule.ITEM.absent(
                    "Items are answered by the list: they have no data, and a worker has their names alone.");
        }
        return ListPage.hasData(first.body())
                ? Rule.ITEM.holds("Of " + names.size() + " items, " + samples.size() + " were tried: they have data.")
                : Rule.ITEM.advice(
                        first.url() + " has no \"data\", which is taken for {}: put there what the worker needs.");
    }

    /** What is wrong with the first of these items that is not as it should be. */
    static Optional<String> firstFault(Subject subject, List<String> names) throws InterruptedException {
        for (var name : names) {
            var reply = subject.probe().get(subject.probe().item(name));
            if (reply.isNotFound()) {
                if (subject.lists(name)) {
                    return Optional.of(reply + " for " + ItemNames.shown(name)
                            + ", which is listed: decode one segment of the path as percent-encoded UTF-8, once.");
                }
                continue;
            }
            try {
                subject.queue().data(name);
            } catch (SourceException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }
}
