package io.jenkins.plugins.taskqueue.engine.ambassador;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a listing while it arrives, and the tokens of its pages. Short ones take many times their bytes in memory, so
 * that is counted.
 */
final class ListedNames {
    /** What a name takes beside its characters: the text's two objects, its place in the set, and another in the list. */
    private static final int BESIDE = 128;
    /** Not a matter of what a limit of fewer bytes is meant for. */
    private static final long ALWAYS = 1024 * 1024;

    private static final char LAST_OF_ONE_BYTE = 0xff;

    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private final long most;
    private long memory;

    /** @param most the bytes that the names may take in memory */
    ListedNames(long most) {
        this.most = Math.max(most, ALWAYS);
    }

    /** @throws InvalidAnswer where it is no name, or there already */
    void add(String name) throws InvalidAnswer, Body.TooLarge {
        Optional<String> fault = ItemNames.fault(name);
        if (fault.isPresent()) {
            throw new InvalidAnswer(fault.get());
        }
        if (!names.add(name)) {
            throw new InvalidAnswer("the item " + ItemNames.shown(name) + " twice");
        }
        count(name);
    }

    /** Whether the listing has not had this token before. */
    boolean follow(String token) throws Body.TooLarge {
        count(token);
        return tokens.add(token);
    }

    private void count(String text) throws Body.TooLarge {
        memory += BESIDE + memory(text);
        if (memory > most) {
            throw new Body.TooLarge(
                    names.size() + " names and more, which take more than " + most + " bytes of memory");
        }
    }

    private static long memory(String name) {
        boolean wide = name.chars().anyMatch(c -> c > LAST_OF_ONE_BYTE);
        return wide ? 2L * name.length() : name.length();
    }

    int size() {
        return names.size();
    }

    List<String> all() {
        return List.copyOf(names);
    }
}
