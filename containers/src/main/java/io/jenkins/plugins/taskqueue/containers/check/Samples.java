package io.jenkins.plugins.taskqueue.containers.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Items to try out of a listing: each request asks for one, and listings may be long. */
final class Samples {
    /** What small servers and routers take amiss in a path, with names that have it and that nobody lists. */
    static final Map<String, String> ODD = Map.of(
            "a slash", "no such/item of check-source",
            "a percent sign", "no-such-item-of-check-source%2F%",
            "a plus sign", "no+such+item",
            "an emoji", "🎬 no such item",
            "a letter that is not ASCII", "né",
            "two slashes", "no//such",
            "dots for a step up", "../no-such-item",
            "a question mark", "?no=such&item#x",
            "a quote", "\"no\\such\"");

    private Samples() {}

    static boolean isPlain(String name) {
        return name.matches("[A-Za-z0-9_~-][A-Za-z0-9._~-]*");
    }

    /** The first and the last of the names that need no encoding. */
    static List<String> plain(List<String> names) {
        var plain = names.stream().filter(Samples::isPlain).toList();
        return plain.size() < 3
                ? plain
                : List.of(plain.get(0), plain.get(plain.size() / 2), plain.get(plain.size() - 1));
    }

    /** One name for each character that needs encoding, and the longest name. */
    static List<String> odd(List<String> names) {
        Set<Integer> seen = new LinkedHashSet<>();
        List<String> odd = new ArrayList<>();
        for (var name : names) {
            // One of a block of 256 stands for its neighbours.
            var news = name.codePoints().map(point -> point < 128 ? point : 128 + point / 256);
            if (!isPlain(name)
                    && news.filter(point -> !plain(point))
                                    .boxed()
                                    .filter(seen::add)
                                    .count()
                            > 0) {
                odd.add(name);
            }
        }
        names.stream()
                .max(Comparator.comparingInt(String::length))
                .filter(name -> !isPlain(name) && !odd.contains(name))
                .ifPresent(odd::add);
        return odd.subList(0, Math.min(odd.size(), 20));
    }

    private static boolean plain(int point) {
        return point < 128 && Character.isLetterOrDigit(point) || point == '-' || point == '_' || point == '~';
    }
}
