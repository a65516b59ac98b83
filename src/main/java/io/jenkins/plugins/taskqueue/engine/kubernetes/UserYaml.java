package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML that a person wrote, whoever that was. An alias stands for all that its anchor has, and aliases within
 * anchors multiply: a few lines can stand for more than any memory holds. So it is counted first, and built only then.
 */
final class UserYaml {
    static final int MOST_BYTES = 64 * 1024;
    static final int MOST_NODES = 10_000;
    static final int MOST_ALIASES = 20;
    static final int MOST_LEVELS = 50;

    /** A collection that has not ended: how much is in it so far. */
    private static final class Open {
        private final Optional<Anchor> anchor;
        private long nodes = 1;

        Open(Optional<Anchor> anchor) {
            this.anchor = anchor;
        }
    }

    private final Map<Anchor, Long> anchored = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int aliases;

    private UserYaml() {}

    /**
     * @return the one document, which is a mapping
     * @throws IllegalArgumentException with a sentence that names the line
     */
    static Map<?, ?> mapping(String yaml) {
        if (yaml.length() > MOST_BYTES || yaml.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "The pod YAML has more than " + MOST_BYTES / 1024 + " KiB: leave out what is no Pod.");
        }
        List<Object> documents = new ArrayList<>();
        try {
            new UserYaml().count(yaml);
            for (Object document : new Load(settings()).loadAllFromString(yaml)) {
                if (document != null) {
                    documents.add(document);
                }
            }
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            throw new IllegalArgumentException("The pod YAML has an error" + line + ": " + e.getProblem() + ".", e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("The pod YAML has an error: " + e.getMessage(), e);
        }
        if (documents.size() != 1 || !(documents.get(0) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("The pod YAML must be one Pod: it has " + documents.size() + " documents"
                    + (documents.size() == 1 ? ", which is no mapping (line 1)." : "."));
        }
        return map;
    }

    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowRecursiveKeys(false)
                .build();
    }

    private void count(String yaml) {
        open.push(new Open(Optional.empty()));
        for (Event event : new Parse(settings()).parseString(yaml)) {
            switch (event.getEventId()) {
                case Scalar -> add(1, ((NodeEvent) event).getAnchor(), event);
                case Alias -> alias((AliasEvent) event);
                case SequenceStart, MappingStart -> {
                    open.push(new Open(((NodeEvent) event).getAnchor()));
                    refuseIf(open.size() > MOST_LEVELS, event, "is nested deeper than " + MOST_LEVELS + " levels");
                }
                case SequenceEnd, MappingEnd -> {
                    Open ended = open.pop();
                    add(ended.nodes, ended.anchor, event);
                }
                default -> {}
            }
        }
    }

    private void alias(AliasEvent alias) {
        refuseIf(++aliases > MOST_ALIASES, alias, "has more than " + MOST_ALIASES + " aliases");
        Long nodes = anchored.get(alias.getAlias());
        refuseIf(nodes == null, alias, "has an alias, *" + alias.getAlias() + ", of nothing that has ended before it");
        add(nodes, Optional.empty(), alias);
    }

    private void add(long nodes, Optional<Anchor> anchor, Event event) {
        anchor.ifPresent(name -> anchored.put(name, nodes));
        open.element().nodes += nodes;
        refuseIf(open.element().nodes > MOST_NODES, event, "stands for more than " + MOST_NODES + " values");
    }

    private static void refuseIf(boolean wrong, Event event, String what) {
        if (wrong) {
            String line = event.getStartMark()
                    .map(mark -> " (line " + (mark.getLine() + 1) + ")")
                    .orElse("");
            throw new IllegalArgumentException("The pod YAML " + what + line + ": write it out, or leave it out.");
        }
    }
}
