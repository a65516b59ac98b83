package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import java.util.function.Consumer;

/** Checks of the values in a job's form; each looks first that it is somebody who may configure the job who asks. */
final class JobChecks {
    private JobChecks() {}

    /** Looks at one setting of a form; what it throws is shown below the field. */
    interface Check {
        FormValidation of(String value);
    }

    /** @param item null where there is no job, as in the Snippet Generator of Jenkins itself: nothing is checked then */
    static FormValidation check(Item item, String value, Check check) {
        if (item == null) {
            return FormValidation.ok();
        }
        item.checkPermission(Item.CONFIGURE);
        try {
            return check.of(Util.fixNull(value).trim());
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation number(String value, int least, int most, String sentence) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return FormValidation.ok();
            }
        } catch (NumberFormatException e) {
            // told below
        }
        return FormValidation.error(sentence);
    }

    /** A duration, or nothing. */
    static FormValidation span(Item item, String value) {
        return check(item, value, text -> {
            if (!text.isEmpty()) {
                Spans.parse(text);
            }
            return FormValidation.ok();
        });
    }

    /** Values, one on each line. */
    static FormValidation lines(Item item, String value, String setting, Consumer<Object> reader) {
        return check(item, value, lines -> {
            reader.accept(GivenValues.list(setting, lines));
            return FormValidation.ok();
        });
    }

    static FormValidation env(Item item, String value) {
        return check(item, value, lines -> {
            GivenValues.values(GivenValues.list("env", lines)).forEach(StepWorker::literal);
            return FormValidation.ok();
        });
    }

    static FormValidation secretEnv(Item item, String value) {
        return check(item, value, lines -> {
            GivenValues.values(GivenValues.list("secretEnv", lines)).forEach(StepWorker::secret);
            return FormValidation.ok();
        });
    }
}
