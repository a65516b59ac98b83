package io.jenkins.plugins.taskqueue;

import hudson.model.Descriptor;

/** What a kind of location calls itself, and how its form is checked. */
public abstract class LocationDescriptor extends Descriptor<AmbassadorLocation> {}
