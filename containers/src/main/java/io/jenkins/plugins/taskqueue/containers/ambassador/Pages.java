package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Pages of names that are all known and in order. */
public final class Pages {
    private Pages() {}

    /**
     * The page after a token, which holds the last name before it: no state is kept, and what comes and goes in between
     * moves nothing.
     *
     * @param names in order
     * @throws ItemsException for a token that was never given
     */
    public static Items.Page of(List<String> names, Comparator<String> order, String token, int limit)
            throws ItemsException {
        var from = token.isEmpty() ? 0 : after(names, order, name(token));
        var to = Math.min(names.size(), from + limit);
        return new Items.Page(names.subList(from, to), to == names.size() ? "" : token(names.get(to - 1)));
    }

    private static int after(List<String> names, Comparator<String> order, String name) throws ItemsException {
        try {
            var found = Collections.binarySearch(names, name, order);
            return found >= 0 ? found + 1 : -found - 1;
        } catch (IllegalArgumentException e) {
            throw neverGiven();
        }
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String token) throws ItemsException {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw neverGiven();
        }
    }

    private static ItemsException neverGiven() {
        return ItemsException.badRequest("This \"continue\" was never given by this source: begin again without it.");
    }
}
