package io.jenkins.plugins.taskqueue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as a Pipeline or a form gives them, made plain: what comes out holds only what Jenkins can keep. All methods throw
 * {@link IllegalArgumentException} with a sentence for the user.
 */
final class GivenValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GivenValues() {}

    /** Lines of text, or a list, as list; null for nothing. A list without values stays one. */
    static ArrayList<String> list(String setting, Object given) {
        if (given == null) {
            return null;
        }
        ArrayList<String> values = new ArrayList<>();
        if (given instanceof CharSequence text) {
            text.toString().lines().filter(line -> !line.isBlank()).forEach(values::add);
            return values.isEmpty() ? null : values;
        }
        if (given instanceof Collection<?> collection) {
            collection.forEach(value -> values.add(text(setting, value)));
            return values;
        }
        throw new IllegalArgumentException(
                setting + " is " + given + ": give a list, such as ['one', 'two'], or a text with one value a line.");
    }

    /** Like {@link #list}; a map is taken too, as {@code NAME=VALUE}. */
    static ArrayList<String> pairs(String setting, Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            return list(setting, given);
        }
        ArrayList<String> pairs = new ArrayList<>();
        map.forEach((name, value) -> pairs.add(text(setting, name) + "=" + text(setting, value)));
        return pairs;
    }

    /** What {@link #list} or {@link #pairs} returned, as texts; nothing for null. */
    static List<String> values(Object setting) {
        return setting instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A list, or the names of a map, as the text of a form: one value on each line. */
    static String lines(Object setting) {
        Object values = setting instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : setting;
        return String.join("\n", values(values));
    }

    /** Items with their data. */
    static LinkedHashMap<String, Serializable> data(Map<?, ?> given) {
        LinkedHashMap<String, Serializable> items = new LinkedHashMap<>();
        given.forEach((name, data) -> items.put(text("items", name), plain(data)));
        return items;
    }

    /** A source of what {@link #list} or {@link #data} returned. */
    static ItemsSource source(Object items) {
        if (!(items instanceof Map<?, ?> map)) {
            return ItemsSource.of(values(items));
        }
        Map<String, String> data = new LinkedHashMap<>();
        map.forEach((name, value) -> data.put((String) name, json((String) name, value)));
        return new ItemsSource(data);
    }

    private static String json(String name, Object value) {
        try {
            return value == null ? "{}" : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The data of the item \"" + name + "\" can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Serializable plain(Object given) {
        if (given == null || given instanceof Number || given instanceof Boolean) {
            return (Serializable) given;
        }
        if (given instanceof Map<?, ?> map) {
            LinkedHashMap<String, Serializable> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
            return copy;
        }
        if (given instanceof Collection<?> collection) {
            ArrayList<Serializable> copy = new ArrayList<>();
            collection.forEach(value -> copy.add(plain(value)));
            return copy;
        }
        return given.toString();
    }

    private static String text(String setting, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(setting + " has a value that is null: give each a text.");
        }
        return value.toString();
    }
}
