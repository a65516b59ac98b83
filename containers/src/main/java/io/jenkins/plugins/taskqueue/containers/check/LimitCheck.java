package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;
import java.util.HashSet;
import java.util.Optional;

/** Whether {@code limit} is kept or ignored, and not something between. */
final class LimitCheck {
    private LimitCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var all = subject.walk();
        var count = all.names().size();
        if (count < 2) {
            return Rule.LIMIT.untried("There are too few items to try pages with: list two or more.");
        }
        var limit = Math.max(1, count / 4);
        var url = subject.probe().list("limit=" + limit);
        var first = subject.probe().get(url);
        if (first.status() >= 400 && first.status() < 500) {
            return Rule.LIMIT.absent(first + ": it takes no limit, and need not.");
        }
        var page = ListPage.read(first.body());
        if (!first.isOk() || !page.fault().isEmpty()) {
            return Rule.LIMIT.broken(first + (first.isOk() ? " with " + page.fault() : "")
                    + ": give at most so many names and a \"continue\", or ignore the limit.");
        }
        if (page.names().size() > limit) {
            return ignored(subject, page, limit);
        }
        return kept(subject, limit);
    }

    /** A listing that has pages of its own may go on with them. */
    private static Finding ignored(Subject subject, ListPage page, int limit) {
        var own = ListPage.read(subject.walk().first().body());
        var same = page.names().size() == own.names().size()
                && page.next().isEmpty() == own.next().isEmpty();
        return same
                ? Rule.LIMIT.absent("The limit is ignored, and need not be kept.")
                : Rule.LIMIT.broken(subject.probe().list("limit=" + limit) + " gave "
                        + page.names().size() + " names: give " + limit + " at most, or ignore the limit.");
    }

    private static Finding kept(Subject subject, int limit) throws InterruptedException {
        var probe = subject.probe();
        var paged = Walk.of(probe, "limit=" + limit);
        if (paged.fault() != null) {
            return Rule.LIMIT.broken(paged.fault().sentence());
        }
        var difference = difference(subject.walk(), paged, subject.walk());
        if (difference.isPresent()) {
            // Items come and go meanwhile: what counts is what was there before and after.
            difference = difference(subject.walk(), paged, Walk.of(probe, ""));
        }
        return difference
                .map(fact -> Rule.LIMIT.broken(probe.list("limit=" + limit) + " in "
                        + (paged.pages() == 1 ? "one page " : paged.pages() + " pages together ") + fact
                        + ": make \"continue\" from the last name, and give it while there is more."))
                .orElseGet(() -> Rule.LIMIT.holds("Pages of " + limit + " names give the same "
                        + subject.walk().names().size() + " items."));
    }

    private static Optional<String> difference(Walk before, Walk paged, Walk after) {
        var given = new HashSet<>(paged.names());
        var known = new HashSet<>(before.names());
        known.addAll(after.names());
        var still = new HashSet<>(after.names());
        var lost = before.names().stream()
                .filter(name -> !given.contains(name) && still.contains(name))
                .toList();
        var more = paged.names().stream().filter(name -> !known.contains(name)).findFirst();
        return lost.isEmpty()
                ? more.map(name -> "has an item that the whole listing lacks, " + ItemNames.shown(name))
                : Optional.of("lacks " + lost.size() + " of " + before.names().size() + " items, such as "
                        + ItemNames.shown(lost.get(0)));
    }
}
