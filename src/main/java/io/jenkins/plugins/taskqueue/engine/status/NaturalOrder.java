package io.jenkins.plugins.taskqueue.engine.status;

/** The order in which a person lists names: upper and lower case together, numbers by their value. */
final class NaturalOrder {
    private NaturalOrder() {}

    /** Zero for equal texts only. */
    static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char c = a.charAt(i);
            char d = b.charAt(j);
            if (isDigit(c) && isDigit(d)) {
                int endI = endOfNumber(a, i);
                int endJ = endOfNumber(b, j);
                int order = compareNumbers(a, skipZeros(a, i, endI), endI, b, skipZeros(b, j, endJ), endJ);
                if (order != 0) {
                    return order;
                }
                i = endI;
                j = endJ;
            } else {
                int order = c == d ? 0 : Character.compare(fold(c), fold(d));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static int compareNumbers(String a, int i, int endI, String b, int j, int endJ) {
        int order = Integer.compare(endI - i, endJ - j);
        for (; order == 0 && i < endI; i++, j++) {
            order = Character.compare(a.charAt(i), b.charAt(j));
        }
        return order;
    }

    static int endOfNumber(String text, int i) {
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int skipZeros(String text, int i, int end) {
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
