package io.jenkins.plugins.taskqueue.containers.check;

import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSource;
import io.jenkins.plugins.taskqueue.engine.ambassador.HttpSourceSettings;
import java.util.ArrayList;
import java.util.List;

/** Tries an ambassador against the source API, v1, rule by rule. It only reads, unless it is given an item to acknowledge. */
public final class SourceCheck {
    private final Probe probe;
    private final HttpSource queue;
    private final String acknowledge;
    private final List<Finding> findings = new ArrayList<>();

    private interface Check {
        Finding check(Subject subject) throws InterruptedException;
    }

    /** @param acknowledge an item to tell the ambassador that it is done; empty for none */
    public SourceCheck(HttpSourceSettings settings, String acknowledge) {
        this.probe = Probe.of(settings);
        this.queue = HttpSource.over(settings);
        this.acknowledge = acknowledge;
    }

    /** One finding for each rule, in the rules' order. */
    public List<Finding> findings() throws InterruptedException {
        var walk = Walk.of(probe, "");
        for (var rule : List.of(Rule.LIST, Rule.NAMES, Rule.PAGES)) {
            findings.add(listing(rule, walk));
        }
        var subject = new Subject(probe, queue, walk);
        add(Rule.SIZE, SizeCheck::check, subject);
        add(Rule.LIMIT, LimitCheck::check, subject);
        add(Rule.ETAG, EtagCheck::check, subject);
        add(Rule.ITEM, ItemCheck::check, subject);
        add(Rule.ENCODING, EncodingCheck::check, subject);
        add(Rule.UNKNOWN_ITEM, UnknownItemCheck::check, subject);
        add(Rule.CONCURRENCY, ConcurrencyCheck::check, subject);
        add(Rule.CONTENT_TYPE, ContentTypeCheck::check, subject);
        add(Rule.TOKEN, TokenCheck::check, subject);
        add(Rule.ACKNOWLEDGES, given -> AcknowledgeCheck.check(given, acknowledge), subject);
        return List.copyOf(findings);
    }

    /** Everything else is tried with items of the listing. */
    private void add(Rule rule, Check check, Subject subject) throws InterruptedException {
        findings.add(
                subject.walk().fault() == null
                        ? check.check(subject)
                        : rule.untried("Not tried, since there is no whole listing."));
    }

    private static Finding listing(Rule rule, Walk walk) {
        if (walk.fault() != null) {
            return rule == walk.fault().rule()
                    ? walk.fault()
                    : rule.ordinal() < walk.fault().rule().ordinal()
                            ? rule.holds("As far as the listing could be read.")
                            : rule.untried("Not tried, since there is no whole listing.");
        }
        return switch (rule) {
            case LIST ->
                rule.holds(walk.first().url() + " gives " + walk.names().size() + " items.");
            case NAMES -> rule.holds("Names are unique, Unicode, and of the right length.");
            default ->
                walk.pages() == 1
                        ? rule.absent("The listing has one page, as it may.")
                        : rule.holds("The listing has " + walk.pages() + " pages.");
        };
    }
}
