package io.jenkins.plugins.taskqueue;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import jenkins.model.Jenkins;

/**
 * Credentials that Jenkins itself uses at a URL: those of clusters and ambassadors.
 *
 * @param type what they are
 * @param kind which of these will do
 */
record SystemCredentials<C extends StandardCredentials>(Class<C> type, CredentialsMatcher kind) {

    @CheckForNull
    C find(String url, String id) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        type,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(url).build()),
                CredentialsMatchers.allOf(kind, CredentialsMatchers.withId(id)));
    }

    /** For a form; whoever is no administrator sees the current one alone. */
    ListBoxModel offer(String url, String current) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        type,
                        URIRequirementBuilder.fromUri(url).build(),
                        kind)
                .includeCurrentValue(current);
    }
}
