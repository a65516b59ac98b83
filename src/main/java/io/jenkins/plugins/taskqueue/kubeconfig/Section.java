package io.jenkins.plugins.taskqueue.kubeconfig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a kubeconfig, which knows what of it nobody has looked at. Not thread-safe. */
final class Section {
    private final String title;
    private final Path file;
    private final Map<String, Object> left = new LinkedHashMap<>();

    private Section(String title, Path file) {
        this.title = title;
        this.file = file;
    }

    /**
     * @param title what this is, for sentences
     * @param file that it is in
     */
    static Section of(String title, Path file, Object content) {
        Section section = new Section(title, file);
        if (content instanceof Map<?, ?> map) {
            map.forEach((key, value) -> section.left.put(String.valueOf(key), value));
        } else if (content != null) {
            throw section.fault("is no map of settings");
        }
        return section;
    }

    /** Empty where it is not set, or to nothing. */
    Optional<String> text(String key) {
        Object value = left.remove(key);
        if (value instanceof Map || value instanceof List) {
            throw fault("has no text as its " + key);
        }
        return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isEmpty());
    }

    String needed(String key) {
        return text(key).orElseThrow(() -> fault("has no " + key));
    }

    boolean flag(String key) {
        return text(key)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw fault("has \"" + text + "\" as its " + key + ", and not true or false");
                })
                .orElse(false);
    }

    /** A path as it is meant: from the folder of the file. */
    Optional<Path> path(String key) {
        return text(key).map(this::resolve);
    }

    Path resolve(String path) {
        return file.toAbsolutePath().resolveSibling(path).normalize();
    }

    List<String> texts(String key) {
        return list(key).stream().map(Object::toString).toList();
    }

    private List<?> list(String key) {
        Object value = left.remove(key);
        if (value != null && !(value instanceof List)) {
            throw fault("has no list as its " + key);
        }
        return value == null ? List.of() : (List<?>) value;
    }

    Section section(String key, String itsTitle) {
        return of(itsTitle, file, left.remove(key));
    }

    Optional<Section> section(String key) {
        return Optional.ofNullable(left.remove(key)).map(value -> of(title + "'s " + key, file, value));
    }

    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        list(key).forEach(value -> sections.add(of("an entry of " + key, file, value)));
        return sections;
    }

    /** Anything, as it is there; null where it is not. */
    Object raw(String key) {
        return left.remove(key);
    }

    Map<String, List<String>> textsByName(String key) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        section(key)
                .ifPresent(inner -> List.copyOf(inner.left.keySet()).forEach(name -> all.put(name, inner.texts(name))));
        return all;
    }

    /** What changes neither who asks nor who answers. */
    void ignore(String... keys) {
        List.of(keys).forEach(left::remove);
    }

    /** Before anything was looked at. */
    Section copy() {
        return of(title, file, left);
    }

    /** What is left may say that somebody else asks, or another server is meant: ignoring it could give too many rights. */
    void refuseTheRest() {
        if (!left.isEmpty()) {
            throw fault(
                    "has " + String.join(", ", left.keySet())
                            + ", which Task Queue does not know. Without it the rights could be others: remove it, or use another user or cluster");
        }
    }

    IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("In " + file + " " + title + " " + what + ".");
    }
}
