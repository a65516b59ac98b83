package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.QueueId;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemNames;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tries an ambassador's location out: how many items it lists, and the first names. */
final class AmbassadorCheck {
    private static final int SHOWN = 5;

    private AmbassadorCheck() {}

    static FormValidation of(AmbassadorConfig.Opening opening, AmbassadorLocation location) {
        try (Source source = AmbassadorConfig.trial(location).opened(opening)) {
            return found(source.list(Listing.NONE).names());
        } catch (AbortException | SourceException e) {
            return FormValidation.error(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.AmbassadorCheck_interrupted());
        }
    }

    /** As {@link #of}, for one that is reached in a cluster: says which, where there are several. */
    static FormValidation inCluster(AmbassadorConfig.Opening opening, AmbassadorLocation location) {
        FormValidation found = of(opening, location);
        List<ClusterConfig> clusters = TaskQueueConfiguration.get().getClusters();
        if (clusters.size() < 2) {
            return found;
        }
        // A message is HTML already.
        String markup =
                Messages.AmbassadorCheck_where(Util.escape(clusters.get(0).getName()), found.getMessage());
        return found.kind == FormValidation.Kind.OK
                ? FormValidation.okWithMarkup(markup)
                : FormValidation.errorWithMarkup(markup);
    }

    private static FormValidation found(List<String> names) {
        if (names.isEmpty()) {
            return FormValidation.ok(Messages.AmbassadorCheck_empty());
        }
        String first = names.stream().limit(SHOWN).map(ItemNames::shown).collect(Collectors.joining(", "));
        return FormValidation.ok(
                names.size() > SHOWN
                        ? Messages.AmbassadorCheck_many(names.size(), first)
                        : Messages.AmbassadorCheck_few(names.size(), first));
    }

    /** In the first cluster, as it was saved last. */
    static SourcePlace place() throws AbortException {
        ClusterConfig cluster = TaskQueueConfiguration.get().cluster(null, null);
        return new SourcePlace(
                cluster.client(),
                cluster.namespace(),
                QueueId.of("trial"),
                UUID.randomUUID().toString());
    }
}
