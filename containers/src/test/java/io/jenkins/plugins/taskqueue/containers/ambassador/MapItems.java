package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store in memory; pages by the number of names that went before. It notes what it is told, if it wants to be. */
final class MapItems implements Items {
    private final TreeMap<String, String> items;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private boolean acknowledges;

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

    MapItems acknowledging() {
        acknowledges = true;
        return this;
    }

    List<String> told() {
        return told;
    }

    @Override
    public boolean acknowledges() {
        return acknowledges;
    }

    @Override
    public synchronized void done(String name) throws ItemsException {
        tell(name, "done");
    }

    @Override
    public synchronized void failed(String name, String reason) throws ItemsException {
        tell(name, "failed: " + reason);
    }

    private void tell(String name, String how) throws ItemsException {
        if (name.equals("stuck")) {
            throw ItemsException.unavailable("The map is stuck.", null);
        }
        if (items.remove(name) == null) {
            throw ItemsException.unknown("There is no item of this name.");
        }
        told.add(name + " " + how);
    }

    @Override
    public String describe() {
        return "a map";
    }
}
