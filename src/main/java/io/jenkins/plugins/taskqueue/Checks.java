package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;

/** Checks of the values in the administrators' forms; each looks first that it is an administrator who asks. */
final class Checks {
    private Checks() {}

    static FormValidation that(boolean holds, String sentence) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return holds ? FormValidation.ok() : FormValidation.error(sentence);
    }

    /** What takes a value throws the sentence itself. */
    static FormValidation sentence(Runnable taking) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            taking.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation name(String value) {
        return that(Util.fixEmptyAndTrim(value) != null, Messages.Checks_name());
    }

    static FormValidation kubernetesName(String value) {
        return that(KubernetesNames.isName(Util.fixNull(value).strip()), Messages.Checks_kubernetesName());
    }

    /** Names of things in Kubernetes, one on each line, {@code *} for any part of one; or nothing. */
    static FormValidation names(String lines) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Util.fixNull(lines)
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.matches("[-.a-z0-9*]{1,253}"))
                .findFirst()
                .map(name -> FormValidation.error(Messages.Checks_names(name)))
                .orElseGet(() -> Util.fixNull(lines)
                                .lines()
                                .anyMatch(name -> name.strip().matches("\\*+"))
                        ? FormValidation.warning(Messages.Checks_everyName())
                        : FormValidation.ok());
    }

    static FormValidation path(String value) {
        return that(KubernetesNames.isPath(Util.fixNull(value).strip()), Messages.Checks_path());
    }

    /** A number of 1 or more. */
    static FormValidation positive(String value) {
        return that(number(value) > 0, Messages.Checks_positive());
    }

    /** 0 where it is no number, or too large a one. */
    static int number(String value) {
        String text = Util.fixNull(value).strip();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
