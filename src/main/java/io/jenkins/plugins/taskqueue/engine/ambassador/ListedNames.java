package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a listing while it arrives, and the tokens of its pages. Short ones take many times their bytes in memory, so
 * that is counted. As long as the names are those of the last listing nothing is kept, since most listings say what the
 * last one said. Used by one thread.
 */
final class ListedNames {
    /** What a name takes beside its characters: the text's two objects, its place in the set, and another in the list. */
    private static final int BESIDE = 128;
    /** What a queue keeps of an item beside its name's characters, from its listing to its end, in bytes. */
    private static final int ITEM = 400;
    /** The share of Java's heap that items may take; the rest is for all else, and for reading a listing. */
    private static final double SHARE = 0.6;
    /** Not a matter of what a limit of fewer bytes is meant for. */
    private static final long ALWAYS = 1024 * 1024;

    private static final char LAST_OF_ONE_BYTE = 0xff;

    private final List<String> before;
    private final Set<String> tokens = new HashSet<>();
    private final long most;
    private final long heap;
    private int same;
    private Set<String> names;
    private long memory;
    private long items;

    /**
     * @param before the names of the last listing
     * @param most the bytes that the names may take in memory
     * @param heap the bytes of Java's heap
     */
    ListedNames(List<String> before, long most, long heap) {
        this.before = before;
        this.most = Math.max(most, ALWAYS);
        this.heap = heap;
    }

    /** @throws InvalidAnswer where it is no name, or there already */
    void add(String name) throws InvalidAnswer, Body.TooLarge {
        Optional<String> fault = ItemNames.fault(name);
        if (fault.isPresent()) {
            throw new InvalidAnswer(fault.get());
        }
        if (names == null && same < before.size() && before.get(same).equals(name)) {
            same++;
        } else if (!changed().add(name.intern())) { // the records have it too, and one of them is enough
            throw new InvalidAnswer("the item " + ItemNames.shown(name) + " twice");
        }
        long characters = characters(name);
        count(characters);
        items += ITEM + characters;
        if (items > heap * SHARE) {
            throw new Body.TooLarge(
                    "lists more than %,d items, and Java's heap of %,d MiB holds no more. Give Task Queue more memory, or list fewer items."
                            .formatted(size() - 1, heap >> 20));
        }
    }

    private Set<String> changed() {
        if (names == null) {
            names = new LinkedHashSet<>(before.subList(0, same));
        }
        return names;
    }

    /** Whether the listing has not had this token before. */
    boolean follow(String token) throws Body.TooLarge {
        count(characters(token));
        return tokens.add(token);
    }

    private void count(long characters) throws Body.TooLarge {
        memory += BESIDE + characters;
        if (memory > most) {
            throw new Body.TooLarge("gave " + size() + " names and more, which take more than " + most
                    + " bytes of memory: list fewer items, or raise the source's limit.");
        }
    }

    /** The bytes of a text's characters in memory. A plain loop, since each listing has all names. */
    private static long characters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_OF_ONE_BYTE) {
                return 2L * text.length();
            }
        }
        return text.length();
    }

    int size() {
        return names == null ? same : names.size();
    }

    /** The same list as before where nothing changed. */
    List<String> all() {
        if (names == null && same == before.size()) {
            return before;
        }
        return names == null ? List.copyOf(before.subList(0, same)) : List.copyOf(names);
    }
}
