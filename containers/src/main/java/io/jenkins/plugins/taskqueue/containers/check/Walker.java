package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;
import io.jenkins.plugins.taskqueue.engine.ambassador.PercentEncoding;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Follows a listing's pages, until the last one or the first that breaks a rule. */
final class Walker {
    /** As many as a queue follows. */
    private static final int MOST_EMPTY = 1000;

    private static final int MOST_PAGES = 100_000;

    private final Probe probe;
    private final String query;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private Reply first;
    private int pages;
    private int empty;
    private boolean acknowledges;
    private Finding fault;

    Walker(Probe probe, String query) {
        this.probe = probe;
        this.query = query;
    }

    Walk walk() throws InterruptedException {
        var next = page(query.isEmpty() ? probe.list() : probe.list(query));
        while (!next.isEmpty()) {
            next = page(probe.list((query.isEmpty() ? "" : query + "&") + "continue=" + PercentEncoding.encode(next)));
        }
        return new Walk(first, List.copyOf(names), pages, acknowledges, fault);
    }

    /** The token of the page that follows; empty where none does or the listing ends here. */
    private String page(URI url) throws InterruptedException {
        var reply = probe.get(url);
        pages++;
        first = first == null ? reply : first;
        if (!reply.isOk()) {
            return broken(
                    pages == 1 ? Rule.LIST : Rule.PAGES,
                    reply + ": answer 200 with an ItemList, or 503 while the items can't be read.");
        }
        var page = ListPage.read(reply.body());
        if (!page.fault().isEmpty()) {
            return broken(
                    Rule.LIST,
                    url + " gave " + page.fault()
                            + ": give {\"kind\":\"ItemList\",\"apiVersion\":\"v1\",\"items\":[\"…\"]}.");
        }
        acknowledges |= pages == 1 && page.acknowledges();
        for (var name : page.names()) {
            var wrong = ItemNames.fault(name)
                    .orElseGet(() -> names.add(name) ? "" : "the item " + ItemNames.shown(name) + " twice");
            if (!wrong.isEmpty()) {
                return broken(
                        Rule.NAMES,
                        url + " gave " + wrong + ": names are unique in the whole listing, Unicode, and have 1 to "
                                + ItemNames.MAX_LENGTH + " characters.");
            }
        }
        return next(url, page);
    }

    private String next(URI url, ListPage page) {
        empty = page.names().isEmpty() ? empty + 1 : 0;
        if (page.next().isEmpty()) {
            return "";
        } else if (!tokens.add(page.next())) {
            return endless(url, "a \"continue\" that an earlier page had");
        } else if (empty == MOST_EMPTY || pages == MOST_PAGES) {
            return endless(url, "the " + pages + "th page and no end");
        }
        return page.next();
    }

    private String endless(URI url, String fact) {
        return broken(
                Rule.PAGES,
                url + " gave " + fact
                        + ": make \"continue\" from a page's last name, and leave it out of the last page.");
    }

    private String broken(Rule rule, String sentence) {
        fault = rule.broken(sentence);
        return "";
    }
}
