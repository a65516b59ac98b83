package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.policy.Situation.Untold;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells the source how items have ended, and remembers what was told until the loop takes it. Thread-safe. */
final class Teller {
    /** As long as a person may want to read; the record has the rest. */
    private static final int REASON = 2000;

    private static final int MOST_SAID = 1000;

    private final Source source;
    private final Intake intake;
    private final Engine engine;
    private final List<Told> told = new ArrayList<>();
    private long lastPoll = -1;
    private Instant lastTold = Instant.MIN;
    private final Set<String> said = new HashSet<>();
    private boolean troubled;

    /**
     * That an item was told, or that it was tried in vain.
     *
     * @param state what was told; null where it was in vain
     * @param poll how often the source had been asked for its items when that was over
     */
    record Told(String item, ItemState state, long poll, Instant at) {}

    Teller(Source source, Intake intake, Engine engine) {
        this.source = source;
        this.intake = intake;
        this.engine = engine;
    }

    /** @throws SourceException where none of the items could be told */
    void tell(Action.Tell action) throws SourceException, InterruptedException {
        SourceException failure = null;
        int successes = 0;
        for (Untold item : action.items()) {
            try {
                tell(item);
                successes++;
                add(item.name(), item.outcome().state());
            } catch (SourceException e) {
                failure = e;
                add(item.name(), null);
                // One item may be what the source stumbles over; the first of many that fails is another matter.
                if (successes == 0 && !e.isPermanent()) {
                    break;
                }
            }
        }
        if (failure != null) {
            say(failure.getMessage());
        }
        if (failure != null && successes == 0) {
            throw failure;
        }
    }

    private void tell(Untold item) throws SourceException, InterruptedException {
        Outcome outcome = item.outcome();
        try {
            if (outcome.state() == ItemState.SUCCEEDED) {
                source.done(item.name());
            } else {
                source.failed(item.name(), reason(outcome));
            }
        } catch (RuntimeException e) {
            throw SourceException.passing(
                    "Unexpected, while telling " + source.describe() + " that an item has ended: " + e, e);
        }
    }

    private static String reason(Outcome outcome) {
        String reason = outcome.message().isEmpty() ? outcome.reason() : outcome.reason() + ": " + outcome.message();
        return reason.length() <= REASON ? reason : reason.substring(0, REASON) + "…";
    }

    private synchronized void add(String item, ItemState state) {
        Instant now = engine.steady().instant();
        told.add(new Told(item, state, intake.asked(), now));
        if (state != null) {
            lastPoll = intake.asked();
            lastTold = now;
            troubled = false;
        }
    }

    private void say(String sentence) {
        synchronized (this) {
            boolean isNew = said.size() < MOST_SAID && said.add(sentence);
            if (troubled || !isNew) {
                return;
            }
            troubled = true;
        }
        engine.events().accept(new Event.Notice(sentence));
    }

    /** What was told, or tried, since this was last asked. */
    synchronized List<Told> take() {
        List<Told> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    /** Whether the source was told something after it was asked for the listing that there is. */
    synchronized boolean isListingOlder() {
        return lastPoll >= intake.answered();
    }

    /** When the source was last told something; {@link Instant#MIN} before. */
    synchronized Instant lastTold() {
        return lastTold;
    }
}
