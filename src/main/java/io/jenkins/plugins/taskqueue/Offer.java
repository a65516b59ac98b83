package io.jenkins.plugins.taskqueue;

import hudson.model.Item;
import java.util.List;

/** What an administrator configured under a name, for some jobs or all. */
interface Offer {
    String getName();

    /** The jobs that may use it, see {@link AllowedJobs}; null for all. */
    String getJobs();

    default boolean allows(Item job) {
        return AllowedJobs.of(getJobs()).allow(job);
    }

    /** The names that a job may use, for a sentence. */
    static String names(List<? extends Offer> offers, Item job) {
        List<String> names = offers.stream()
                .filter(offer -> offer.allows(job))
                .map(Offer::getName)
                .toList();
        return names.isEmpty() ? Messages.Offer_none() : String.join(", ", names);
    }
}
