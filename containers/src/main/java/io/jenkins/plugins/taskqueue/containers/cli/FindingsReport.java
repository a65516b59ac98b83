package io.jenkins.plugins.taskqueue.containers.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.taskqueue.containers.check.Finding;
import io.jenkins.plugins.taskqueue.containers.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was found of a source: a table with a sentence for each rule, or a JSON document. */
final class FindingsReport {
    private static final int VERDICT = 11;
    private static final int RULE = 14;
    private static final int NARROWEST = 40;

    private FindingsReport() {}

    static List<String> lines(List<Finding> findings, int width) {
        int room = Math.max(NARROWEST, width - VERDICT - RULE);
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String start = Text.fit(word(finding.verdict()), VERDICT)
                    + Text.fit(finding.rule().toString(), RULE);
            for (String part : wrapped(Text.clean(finding.sentence()), room)) {
                lines.add(start + part);
                start = " ".repeat(VERDICT + RULE);
            }
        }
        long broken = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.BROKEN)
                .count();
        lines.add("");
        lines.add(
                broken == 0 ? "No rule is broken." : broken == 1 ? "1 rule is broken." : broken + " rules are broken.");
        return lines;
    }

    static String json(String url, List<Finding> findings) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("url", url);
        document.put("holds", findings.stream().noneMatch(finding -> finding.verdict() == Verdict.BROKEN));
        var rules = document.putArray("rules");
        for (Finding finding : findings) {
            rules.addObject()
                    .put("rule", finding.rule().name().toLowerCase(Locale.ROOT))
                    .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                    .put("sentence", finding.sentence());
        }
        return document.toPrettyString();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> "holds";
            case BROKEN -> "BROKEN";
            case ADVICE -> "better";
            case ABSENT -> "not there";
            case UNTRIED -> "not tried";
        };
    }

    /** Broken at spaces only, so that a URL can be copied. */
    private static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && Text.columns(line + " " + word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
