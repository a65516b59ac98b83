package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets a run end only when a source that wants to be told has been told how every item ended, and a listing that was
 * asked for afterwards brought nothing more. Not for ever: a source that can't be told must not hold a run that is over.
 * Used by one thread.
 */
final class Farewell {
    /** Since everything was done, or since something was told after that. */
    static final Duration PATIENCE = Duration.ofMinutes(5);
    /** With a run that is being stopped: somebody waits for it. */
    static final Duration SHORT = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Teller teller;
    private final Engine engine;
    private Instant deadline = Instant.MAX;
    private Instant since;
    private boolean said;

    Farewell(Ledger ledger, Teller teller, Engine engine) {
        this.ledger = ledger;
        this.teller = teller;
        this.engine = engine;
    }

    /**
     * @param done whether the run could end, but for this
     * @param stopped whether it is being stopped: then it does not matter whether there is more
     * @param unread whether the source was told something after it was asked for the listing that there is
     */
    boolean isOver(boolean done, boolean stopped, boolean unread, Instant now) {
        int owed = ledger.owed();
        if (!done || (owed == 0 && (stopped || !unread))) {
            since = null;
            deadline = Instant.MAX;
            return true;
        }
        since = since == null ? now : since;
        Instant last = teller.lastTold().isAfter(since) ? teller.lastTold() : since;
        deadline = last.plus(stopped ? SHORT : PATIENCE);
        if (deadline.isAfter(now)) {
            return false;
        }
        if (!said) {
            said = true;
            engine.events().accept(new Event.Notice(sentence(owed)));
        }
        return true;
    }

    private static String sentence(int owed) {
        return owed == 0
                ? "The source could not be asked whether it has more items, so the run ends without that."
                : "The source could not be told how " + owed
                        + " items ended, so the run ends without that."
                        + " The next run of a queue with a name tells it, else the source may list them again.";
    }

    /** When to look again; {@link Instant#MAX} while nothing is waited for. */
    Instant deadline(Instant now) {
        return deadline.isAfter(now) ? deadline : Instant.MAX;
    }
}
