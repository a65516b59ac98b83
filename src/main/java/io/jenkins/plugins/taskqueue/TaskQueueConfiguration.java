package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The clusters and the ambassadors that jobs may name. Only an administrator changes them. */
@Extension
@Symbol("taskQueue")
public class TaskQueueConfiguration extends GlobalConfiguration {
    private List<ClusterConfig> clusters = new ArrayList<>();
    private List<AmbassadorConfig> ambassadors = new ArrayList<>();

    public TaskQueueConfiguration() {
        load();
    }

    public static TaskQueueConfiguration get() {
        return ExtensionList.lookupSingleton(TaskQueueConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.TaskQueueConfiguration_displayName();
    }

    public List<ClusterConfig> getClusters() {
        return List.copyOf(clusters);
    }

    @DataBoundSetter
    public void setClusters(List<ClusterConfig> clusters) {
        Offer.requireOwnNames(Util.fixNull(clusters));
        this.clusters = new ArrayList<>(Util.fixNull(clusters));
        ClusterClients.forget();
        save();
    }

    public List<AmbassadorConfig> getAmbassadors() {
        return List.copyOf(ambassadors);
    }

    @DataBoundSetter
    public void setAmbassadors(List<AmbassadorConfig> ambassadors) {
        Offer.requireOwnNames(Util.fixNull(ambassadors));
        this.ambassadors = new ArrayList<>(Util.fixNull(ambassadors));
        save();
    }

    /** A form from which the last one was removed says nothing of the list at all. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        json.putIfAbsent("clusters", List.of());
        json.putIfAbsent("ambassadors", List.of());
        try {
            return super.configure(request, json);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "name");
        }
    }

    /**
     * @param name null or blank for the first that the job may use
     * @param job who asks
     * @throws AbortException with a sentence, where there is no such cluster or the job may not use it
     */
    public ClusterConfig cluster(String name, Item job) throws AbortException {
        String wanted = Util.fixEmptyAndTrim(name);
        for (ClusterConfig cluster : clusters) {
            if (wanted == null ? cluster.allows(job) : cluster.getName().equals(wanted)) {
                return allowed(cluster, job);
            }
        }
        throw new AbortException(
                wanted == null
                        ? Messages.TaskQueueConfiguration_noClusters()
                        : Messages.TaskQueueConfiguration_noCluster(wanted, Offer.names(clusters, job)));
    }

    /**
     * @param job who asks
     * @throws AbortException with a sentence, where there is no such ambassador or the job may not use it
     */
    public AmbassadorConfig ambassador(String name, Item job) throws AbortException {
        String wanted = Util.fixNull(name).strip();
        for (AmbassadorConfig ambassador : ambassadors) {
            if (ambassador.getName().equals(wanted)) {
                return allowed(ambassador, job);
            }
        }
        throw new AbortException(Messages.TaskQueueConfiguration_noAmbassador(wanted, Offer.names(ambassadors, job)));
    }

    private static <T extends Offer> T allowed(T offer, Item job) throws AbortException {
        if (!offer.allows(job)) {
            throw new AbortException(
                    Messages.TaskQueueConfiguration_refused(job == null ? "" : job.getFullName(), offer.getName()));
        }
        return offer;
    }

    /** The clusters that a job may use, for its form, and the current one though it be gone. The caller checks the right. */
    public ListBoxModel fillClusterItems(Item job, String current) {
        return fill(Messages.TaskQueueConfiguration_firstCluster(), clusters, job, current);
    }

    /** The ambassadors that a job may use, and the current one though it be gone. The caller checks the right. */
    public ListBoxModel fillSourceItems(Item job, String current) {
        return fill(Messages.TaskQueueConfiguration_noSource(), ambassadors, job, current);
    }

    private static ListBoxModel fill(String none, List<? extends Offer> offers, Item job, String current) {
        ListBoxModel items = new ListBoxModel();
        items.add(none, "");
        offers.stream().filter(offer -> offer.allows(job)).forEach(offer -> items.add(offer.getName()));
        String kept = Util.fixNull(current);
        if (items.stream().noneMatch(item -> item.value.equals(kept))) {
            items.add(kept);
        }
        return items;
    }
}
