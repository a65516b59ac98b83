package io.jenkins.plugins.taskqueue;

import hudson.Util;
import hudson.model.Item;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which jobs may use a cluster or an ambassador: full names, one on each line, {@code *} for anything within a folder
 * and {@code **} for anything. None at all allow every job.
 */
record AllowedJobs(List<String> patterns) {

    static AllowedJobs of(String lines) {
        return new AllowedJobs(Util.fixNull(lines)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }

    /** @param job null for Jenkins itself, which may use any */
    boolean allow(Item job) {
        return job == null || allowName(job.getFullName());
    }

    boolean allowName(String fullName) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> regex(pattern).matcher(fullName).matches());
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(
                Pattern.compile("(?<=\\*\\*)|(?=\\*\\*)")
                        .splitAsStream(pattern)
                        .map(part -> part.equals("**") ? ".*" : withinFolder(part))
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
    }

    private static String withinFolder(String part) {
        return Pattern.compile("(?<=\\*)|(?=\\*)")
                .splitAsStream(part)
                .map(piece -> piece.equals("*") ? "[^/]*" : Pattern.quote(piece))
                .collect(Collectors.joining());
    }
}
