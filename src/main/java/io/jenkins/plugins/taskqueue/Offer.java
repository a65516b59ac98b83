package io.jenkins.plugins.taskqueue;

import hudson.model.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an administrator configured under a name, for some jobs or all. */
interface Offer {
    String getName();

    /** The jobs that may use it, see {@link AllowedJobs}; null for all. */
    String getJobs();

    default boolean allows(Item job) {
        return AllowedJobs.of(getJobs()).allow(job);
    }

    /** @throws IllegalArgumentException with a sentence where one has no name, or that of another */
    static void requireOwnNames(List<? extends Offer> offers) {
        Set<String> names = new HashSet<>();
        for (Offer offer : offers) {
            if (offer.getName().isEmpty() || !names.add(offer.getName())) {
                throw new IllegalArgumentException(Messages.Offer_name(offer.getName()));
            }
        }
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
