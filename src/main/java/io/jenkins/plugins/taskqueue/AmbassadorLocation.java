package io.jenkins.plugins.taskqueue;

import hudson.AbortException;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.taskqueue.engine.Source;

/** Where an ambassador is: at a URL, behind a Service of the cluster, or in an image that is started. */
public abstract class AmbassadorLocation extends AbstractDescribableImpl<AmbassadorLocation> {

    /**
     * Makes no request: what is wrong with the ambassador shows when it is listed.
     *
     * @throws AbortException with a sentence, where the configuration or its credentials can't be used
     * @throws IllegalArgumentException with a sentence, where a value of it is none such
     */
    abstract Source open(AmbassadorConfig ambassador, SourcePlace place) throws AbortException;
}
