package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for the names of files below a directory, as shells have it: {@code *} and {@code ?} within a folder,
 * {@code **} across folders, {@code [a-z]}, {@code {a,b}}, and a backslash before what is meant as it stands. Unlike
 * in {@link java.nio.file.FileSystem#getPathMatcher}, {@code **}{@code /} also stands for no folder at all, as in git and
 * bash, and any character of a name counts, a line break too.
 */
public final class Glob {
    private final String glob;
    private final Pattern pattern;
    private int at;
    private int depth;

    /** @throws IllegalArgumentException with a sentence, where the pattern makes no sense */
    public Glob(String glob) {
        this.glob = glob;
        try {
            this.pattern = Pattern.compile(regex(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "The pattern \"" + glob + "\" makes no sense (" + e.getDescription() + "): write it like **/*.mp4.",
                    e);
        }
    }

    /** The pattern that only this name matches. */
    static String literal(String name) {
        return name.replaceAll("[\\\\*?\\[{]", "\\\\$0");
    }

    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** Whether some name below this folder may match. False only where none can. */
    boolean mayMatchBelow(String folder) {
        var matcher = pattern.matcher(folder + "/");
        return matcher.matches() || matcher.hitEnd();
    }

    private String regex() {
        var out = new StringBuilder();
        while (at < glob.length()) {
            var c = glob.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '*' -> out.append(star());
                case '?' -> out.append("[^/]");
                case '[' -> out.append(set());
                case '{' -> {
                    depth++;
                    out.append("(?:");
                }
                case '}' -> out.append(depth > 0 && depth-- > 0 ? ")" : "\\}");
                case ',' -> out.append(depth > 0 ? "|" : ",");
                case '\\' -> out.append(escaped());
                default -> out.append(Pattern.quote(Character.toString(c)));
            }
        }
        return out.toString();
    }

    private String escaped() {
        var c = at < glob.length() ? glob.codePointAt(at) : '\\';
        at += Character.charCount(c);
        return Pattern.quote(Character.toString(c));
    }

    private String star() {
        if (at == glob.length() || glob.charAt(at) != '*') {
            return "[^/]*";
        }
        at++;
        if (at < glob.length() && glob.charAt(at) == '/') {
            at++;
            return "(?:.*/)?";
        }
        return ".*";
    }

    /** A set never has the slash in it, and its own signs are few: a leading ! and ranges. */
    private String set() {
        var end = glob.indexOf(']', at + 1);
        if (end < 0) {
            return "\\[";
        }
        var members = glob.substring(at, end);
        at = end + 1;
        var negated = members.startsWith("!");
        var plain = (negated ? members.substring(1) : members).replaceAll("([\\\\\\[&^\\]])", "\\\\$1");
        return "(?!/)[" + (negated ? "^" : "") + plain + "]";
    }
}
