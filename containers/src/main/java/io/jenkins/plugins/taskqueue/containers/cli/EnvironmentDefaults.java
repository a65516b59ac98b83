package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Gives an option that is not on the command line the value of its variable: {@code --max-failures} that of
 * {@code TASKQUEUE_MAX_FAILURES}. An option that may be repeated takes one value from each line of its variable.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = option.isMultiValue() ? null : environment.get(variable(option));
        return value == null ? null : value.replace("$", "$$"); // picocli reads ${NAME} in it
    }

    static String variable(OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        return "TASKQUEUE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Fills in the repeatable options, for which a default of picocli's can only be one value. */
    public void fill(ParseResult parsed) {
        for (OptionSpec option : parsed.commandSpec().options()) {
            String value = environment.get(variable(option));
            if (option.isMultiValue() && value != null && !parsed.hasMatchedOption(option)) {
                List<String> lines =
                        value.lines().filter(line -> !line.isBlank()).toList();
                try {
                    option.setter().set(lines);
                } catch (Exception e) {
                    throw new IllegalStateException(variable(option), e);
                }
            }
        }
    }
}
