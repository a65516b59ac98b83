package io.jenkins.plugins.taskqueue;

import hudson.model.Cause;
import hudson.model.Run;

/** A build was started to do the rest of an earlier one. */
public final class RestOfBuildCause extends Cause {
    private final int number;
    private final String url;

    RestOfBuildCause(Run<?, ?> run) {
        number = run.getNumber();
        url = run.getUrl();
    }

    @Override
    public String getShortDescription() {
        return Messages.RestOfBuildCause_description(Integer.toString(number));
    }

    public int getNumber() {
        return number;
    }

    /** Of the earlier build, below Jenkins' own. */
    public String getUrl() {
        return url;
    }
}
