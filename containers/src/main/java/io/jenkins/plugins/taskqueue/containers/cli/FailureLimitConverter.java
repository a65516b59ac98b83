package io.jenkins.plugins.taskqueue.containers.cli;

import io.jenkins.plugins.taskqueue.engine.FailureLimit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --max-failures}. */
final class FailureLimitConverter implements ITypeConverter<FailureLimit> {
    @Override
    public FailureLimit convert(String text) {
        try {
            return FailureLimit.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
