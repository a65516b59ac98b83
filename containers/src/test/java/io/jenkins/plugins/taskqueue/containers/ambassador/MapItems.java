package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory; pages by the number of names that went before. */
final class MapItems implements Items {
    private final TreeMap<String, String> items;

    MapItems(Map<String, String> items) {
        this.items = new TreeMap<>(items);
    }

    @Override
    public Page list(String token, int limit) {
        var names = List.copyOf(items.keySet());
        var from = token.isEmpty() ? 0 : Integer.parseInt(token);
        var to = Math.min(names.size(), from + limit);
        return new Page(names.subList(from, to), to == names.size() ? "" : String.valueOf(to));
    }

    @Override
    public Optional<String> data(String name) {
        return Optional.ofNullable(items.get(name));
    }

    @Override
    public String describe() {
        return "a map";
    }
}
