package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Items that are known when the queue starts: they were computed where the queue was asked for. */
public final class ItemsSource implements Source {
    private final Map<String, String> items;
    private final Listing listing;

    /**
     * @param items each item's name and its data as JSON text, in the order of the listing
     * @throws IllegalArgumentException with a sentence, where a name breaks the rule or data is not JSON or too large
     */
    public ItemsSource(Map<String, String> items) {
        items.forEach(ItemsSource::check);
        this.items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
        this.listing = new Listing(List.copyOf(items.keySet()), "", false);
    }

    /** Items without data, which get an empty object. */
    public static ItemsSource of(List<String> names) {
        Map<String, String> items = new LinkedHashMap<>();
        for (String name : names) {
            if (items.put(name, ItemReader.NO_DATA) != null) {
                throw new IllegalArgumentException(
                        "The items have " + ItemNames.shown(name) + " twice: give each a name of its own.");
            }
        }
        return new ItemsSource(items);
    }

    @Override
    public Listing list(Listing previous) {
        return listing;
    }

    @Override
    public Optional<String> data(String item) {
        return Optional.ofNullable(items.get(item));
    }

    @Override
    public String describe() {
        return items.size() == 1 ? "the one given item" : "the " + items.size() + " given items";
    }

    private static void check(String name, String data) {
        ItemNames.fault(name).ifPresent(fault -> {
            throw new IllegalArgumentException("The items have " + fault + ": give it another name.");
        });
        int bytes = data.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > HttpSourceSettings.DEFAULT_ITEM_BYTES) {
            throw new IllegalArgumentException("The data of the item " + ItemNames.shown(name) + " has " + bytes
                    + " bytes, more than " + HttpSourceSettings.DEFAULT_ITEM_BYTES
                    + ". Let the data hold a reference, such as a path or a URL, and let the worker fetch it.");
        }
        try (JsonParser parser = Json.dataParser(data)) {
            if (parser.nextToken() == null) {
                throw new InvalidAnswer("empty");
            }
            parser.skipChildren();
            Json.end(parser);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "The item " + ItemNames.shown(name) + " has "
                            + Json.tooDeep().getMessage()
                            + ": let the data hold a reference, and let the worker fetch it.",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The data of the item " + ItemNames.shown(name) + " is not one JSON value: " + ItemNames.shown(data)
                            + ".",
                    e);
        }
    }
}
