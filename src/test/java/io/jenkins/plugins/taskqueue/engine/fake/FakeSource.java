package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source in memory, whose answers a test sets. */
public final class FakeSource implements Source {
    private final Map<String, Optional<String>> data = new HashMap<>();
    private final Map<String, SourceException> failing = new HashMap<>();
    private List<String> names = List.of();
    private SourceException down;
    private int asked;
    private Runnable beforeList = () -> {};
    private final Map<String, Runnable> beforeData = new HashMap<>();

    public static FakeSource of(int items) {
        FakeSource source = new FakeSource();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            names.add("item " + i);
        }
        return source.list(names);
    }

    public static FakeSource of(String... names) {
        return new FakeSource().list(List.of(names));
    }

    public synchronized FakeSource list(List<String> now) {
        names = List.copyOf(now);
        return this;
    }

    /** From now on the listing fails. */
    public synchronized void down(String sentence) {
        down = SourceException.passing(sentence, null);
    }

    public synchronized void up() {
        down = null;
    }

    public synchronized void down(SourceException why) {
        down = why;
    }

    /** Something that happens while the source is asked for its items. */
    public synchronized FakeSource beforeList(Runnable happens) {
        beforeList = happens;
        return this;
    }

    public synchronized FakeSource data(String item, String json) {
        data.put(item, Optional.of(json));
        return this;
    }

    public synchronized FakeSource unknown(String item) {
        data.put(item, Optional.empty());
        return this;
    }

    /** Something that happens while the source is asked for an item's data. */
    public synchronized FakeSource beforeData(String item, Runnable happens) {
        beforeData.put(item, happens);
        return this;
    }

    /** How often an item's data was asked for. */
    public synchronized int asked() {
        return asked;
    }

    public synchronized FakeSource failing(String item, SourceException failure) {
        failing.put(item, failure);
        return this;
    }

    @Override
    public synchronized Listing list(Listing previous) throws SourceException {
        beforeList.run();
        if (down != null) {
            throw down;
        }
        boolean same = previous != Listing.NONE && previous.names().equals(names);
        return same ? previous : new Listing(names, "", false);
    }

    @Override
    public synchronized Optional<String> data(String item) throws SourceException {
        asked++;
        beforeData.getOrDefault(item, () -> {}).run();
        if (failing.containsKey(item)) {
            throw failing.get(item);
        }
        return data.getOrDefault(item, Optional.of("{\"of\":\"" + item.length() + "\"}"));
    }

    @Override
    public String describe() {
        return "the fake source";
    }
}
