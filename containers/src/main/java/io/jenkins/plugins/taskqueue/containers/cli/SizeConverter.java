package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes in bytes as Kubernetes writes them: {@code 1000000}, {@code 64Mi}, {@code 100M}. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi|k|M|G|)");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi");
    private static final List<String> DECIMAL = List.of("", "k", "M", "G");

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no size: give bytes, with or without a unit, such as 64Mi or 100M.");
        }
        long number = Long.parseLong(form.group(1));
        int power = Math.max(BINARY.indexOf(form.group(2)), DECIMAL.indexOf(form.group(2)));
        long unit = BINARY.contains(form.group(2)) ? 1024 : 1000;
        for (int i = 0; i < power; i++) {
            number *= unit;
        }
        return number;
    }
}
