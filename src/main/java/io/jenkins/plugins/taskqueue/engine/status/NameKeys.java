package io.jenkins.plugins.taskqueue.engine.status;

import java.util.Arrays;
import java.util.List;

/**
 * Makes the natural order of very many names cheap: a number for each that orders most of them alone. Two names with
 * different keys are in the order of the keys; of equal keys nothing is known. Belongs to one list that only grows at
 * its end, for which nothing is computed twice. Used by one thread at a time.
 */
final class NameKeys {
    private static final int UNIT = 16;
    private static final int UNITS = Long.SIZE / UNIT;
    /** Decimal digits that fit in two units. */
    private static final int DIGITS = 9;

    private String prefix;
    private long[] keys = {};

    /** The key of each row, in the list's order; the array may be longer than the list, and must not be changed. */
    long[] of(List<ItemStatus> rows) {
        int known = keys.length;
        int size = rows.size();
        if (known >= size) {
            return keys;
        }
        String common = prefix == null ? rows.get(0).name() : prefix;
        for (int i = known; i < size && !common.isEmpty(); i++) {
            common = commonPrefix(common, rows.get(i).name());
        }
        if (!common.equals(prefix)) {
            prefix = common;
            known = 0;
        }
        int skipped = beforeNumber(common);
        long[] grown = Arrays.copyOf(keys, size);
        for (int i = known; i < size; i++) {
            grown[i] = key(rows.get(i).name(), skipped);
        }
        keys = grown;
        return grown;
    }

    private static String commonPrefix(String prefix, String name) {
        if (name.startsWith(prefix)) {
            return prefix;
        }
        int end = 0;
        while (end < name.length() && end < prefix.length() && prefix.charAt(end) == name.charAt(end)) {
            end++;
        }
        return prefix.substring(0, end);
    }

    /** A number counts as a whole, so one that the names share only the first digits of is no part of what is skipped. */
    private static int beforeNumber(String prefix) {
        int end = prefix.length();
        while (end > 0 && NaturalOrder.isDigit(prefix.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** What follows in units, the first in the highest bits: a character, or a number as its mark, length and digits. */
    private static long key(String name, int skipped) {
        long key = 0;
        int units = 0;
        int i = skipped;
        while (units < UNITS && i < name.length()) {
            if (!NaturalOrder.isDigit(name.charAt(i))) {
                long unit = unit(NaturalOrder.fold(name.charAt(i)));
                key = key << UNIT | unit;
                units++;
                i++;
                if (unit == Character.MAX_VALUE) {
                    break; // two characters have it: what follows says nothing
                }
                continue;
            }
            int end = NaturalOrder.endOfNumber(name, i);
            int begin = NaturalOrder.skipZeros(name, i, end);
            // All digits sort alike beside other characters: none of those lies between them.
            key = key << UNIT | unit('0');
            units++;
            if (units < UNITS) {
                key = key << UNIT | Math.min(end - begin, Character.MAX_VALUE);
                units++;
            }
            if (units <= UNITS - 2 && end - begin <= DIGITS) {
                key = key << 2 * UNIT | number(name, begin, end);
                units += 2;
                i = end;
            } else {
                break; // what follows can't be told apart from here on
            }
        }
        return (key << UNIT * (UNITS - units)) ^ Long.MIN_VALUE; // compared as a signed number
    }

    /** The end of a name comes before any character. The last two characters there are have the same. */
    private static long unit(char c) {
        return Math.min(c + 1, Character.MAX_VALUE);
    }

    private static long number(String name, int begin, int end) {
        long number = 0;
        for (int i = begin; i < end; i++) {
            number = number * 10 + name.charAt(i) - '0';
        }
        return number;
    }
}
