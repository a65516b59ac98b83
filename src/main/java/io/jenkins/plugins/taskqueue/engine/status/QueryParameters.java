package io.jenkins.plugins.taskqueue.engine.status;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a URL's query; an empty value counts as none. */
record QueryParameters(Map<String, List<String>> values) {

    static QueryParameters decode(String rawQuery) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                String name = decodeWord(pair.substring(0, equals));
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(decodeWord(pair.substring(equals + 1)));
            }
        }
        return new QueryParameters(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> last(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    OptionalLong number(String name, long least, long most) {
        Optional<String> text = last(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw bad(name, text.get(), "a whole number from " + least + " to " + most);
    }

    static IllegalArgumentException bad(String parameter, String text, String allowed) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new IllegalArgumentException(
                "The parameter \"" + parameter + "\" is \"" + shown + "\" but must be " + allowed + ".");
    }

    private static String decodeWord(String word) {
        try {
            return URLDecoder.decode(word, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The query of the URL holds \"%\" without two hexadecimal digits: write it as %25.", e);
        }
    }
}
