package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A source in memory, whose answers a test sets. */
public final class FakeSource implements Source {
    private final Map<String, Optional<String>> data = new HashMap<>();
    private final Map<String, SourceException> failing = new HashMap<>();
    private List<String> names = List.of();
    private SourceException down;
    private boolean acknowledges;
    private boolean deaf;
    private final Map<String, Integer> told = new LinkedHashMap<>();
    private final Map<String, SourceException> stumbling = new HashMap<>();
    private BiConsumer<String, Boolean> onTold = (item, done) -> {};
    private int asked;
    private Runnable beforeList = () -> {};
    private final Map<String, Runnable> beforeData = new HashMap<>();
    private Runnable beforeAnyData = () -> {};

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

    /** From now on it wants to be told, and lists no more what it was told of. */
    public synchronized FakeSource acknowledging() {
        acknowledges = true;
        return this;
    }

    /** Whether it says that it was told and goes on listing the item. */
    public synchronized FakeSource deaf(boolean isDeaf) {
        deaf = isDeaf;
        return this;
    }

    /** @param failure what comes of telling the item; null for nothing any more */
    public synchronized FakeSource stumbling(String item, SourceException failure) {
        stumbling.put(item, failure);
        return this;
    }

    /** @param happens is given the item, and whether it is done, when the source is told, before that takes effect */
    public synchronized FakeSource onTold(BiConsumer<String, Boolean> happens) {
        onTold = happens;
        return this;
    }

    /** How often the source was told of an item, by name. */
    public synchronized Map<String, Integer> told() {
        return Map.copyOf(told);
    }

    /** Whether it was told of the item and lists it no more. */
    public synchronized boolean hasForgotten(String item) {
        return told.containsKey(item) && !names.contains(item);
    }

    public synchronized List<String> listed() {
        return names;
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

    /** Something that happens whenever the source is asked for any item's data. */
    public synchronized FakeSource beforeAnyData(Runnable happens) {
        beforeAnyData = happens;
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
        return same ? previous : new Listing(names, "", acknowledges);
    }

    @Override
    public synchronized Optional<String> data(String item) throws SourceException {
        asked++;
        beforeAnyData.run();
        beforeData.getOrDefault(item, () -> {}).run();
        if (failing.containsKey(item)) {
            throw failing.get(item);
        }
        if (acknowledges && !names.contains(item)) {
            return Optional.empty();
        }
        return data.getOrDefault(item, Optional.of("{\"of\":\"" + item.length() + "\"}"));
    }

    @Override
    public synchronized void done(String item) throws SourceException {
        tell(item, true);
    }

    @Override
    public synchronized void failed(String item, String reason) throws SourceException {
        tell(item, false);
    }

    private void tell(String item, boolean done) throws SourceException {
        if (down != null) {
            throw down;
        }
        if (stumbling.get(item) != null) {
            throw stumbling.get(item);
        }
        onTold.accept(item, done);
        told.merge(item, 1, Integer::sum);
        if (!deaf) {
            names = names.stream().filter(name -> !name.equals(item)).toList();
        }
    }

    @Override
    public String describe() {
        return "the fake source";
    }
}
