package io.jenkins.plugins.taskqueue.engine.fake;

import io.jenkins.plugins.taskqueue.engine.JobView;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import java.time.Instant;
import java.util.Collection;

/** The part of a {@link RuleBook} that watches pods. */
final class PodRules {
    /** More steps than it takes a manager to write what became of a pod, though calls fail and a manager stalls. */
    static final int MOST_HELD = 5_000;

    private final RuleBook book;

    PodRules(RuleBook book) {
        this.book = book;
    }

    /**
     * @param again whether an attempt of its number is over and counted: it was asked for before that, and came after it
     * @param basis what the manager saw when it decided on this
     * @param there the pods that are there
     */
    void created(PodView pod, boolean again, Observed basis, Collection<PodView> there, Instant now) {
        String detail = "pod " + pod.name();
        if (again) {
            book.truth().again.add(pod.name());
            return;
        }
        JobView job = basis.jobs().get(pod.batch());
        book.require(Rule.CREATED_FOR_STOPPED_JOB, job == null || !job.suspended(), detail);
        boolean ended = there.stream()
                .filter(other -> Truth.entry(other).equals(Truth.entry(pod))
                        && !other.name().equals(pod.name()))
                .allMatch(PodView::isTerminal);
        book.truth().retries += pod.attempt() > 0 ? 1 : 0;
        book.require(Rule.CREATED_BEFORE_LAST_ENDED, ended, detail);
        book.require(
                Rule.CREATED_BEYOND_BUDGET, !book.budgets.areKnownToBeUsedUp(book.truth(), Truth.entry(pod)), detail);
        book.require(Rule.CREATED_TOO_SOON, !book.budgets.isTooSoon(book.truth(), pod, now), detail);
    }

    /** A pod may be created late and in vain, by a manager that stalled; what counts is that its worker never starts. */
    void started(PodView pod, String item, Entry entry, boolean runIsOver) {
        String detail = item + ", pod " + pod.name();
        book.require(Rule.STARTED_WITHOUT_RECORD, entry != null && entry.name().equals(item), detail);
        book.require(Rule.STARTED_AFTER_OUTCOME, entry == null || entry.isLive(), detail);
        boolean unseen = book.truth().unseenAtTheEnd.contains(pod.batch());
        book.require(Rule.STARTED_AFTER_END, !runIsOver || unseen, detail);
        boolean again = book.truth().again.contains(pod.name());
        book.require(Rule.STARTED_TWICE, again || !book.truth().isRunning(item), detail);
        book.require(
                Rule.STARTED_AFTER_SUCCESS, again || !book.truth().successes.containsKey(item), detail);
        book.truth().start(item, pod.name());
        book.require(Rule.STARTED_BEYOND_PARALLELISM, book.slots() <= book.truth().bound, detail);
    }

    void startedOfAnotherLife(PodView pod) {
        book.require(Rule.STARTED_OF_ANOTHER_LIFE, false, "pod " + pod.name());
    }

    void ended(PodView pod, String item, boolean live, Instant now) {
        book.truth().end(pod, item, live, now);
        if (book.budgets.areKnownToBeUsedUp(book.truth(), Truth.entry(pod))) {
            book.truth().held.remove(item, pod.batch());
        }
        book.settle();
    }

    /** A pod vanished whose end no manager need have seen. */
    void vanished(PodView pod, String item, boolean live) {
        book.truth().forget(pod, item, live);
        book.settle();
    }

    void logRefused(PodView pod) {
        book.truth().logRefusals.merge(pod.name(), 1, Integer::sum);
    }

    void releasing(PodView pod, BatchRecord record) {
        boolean lost =
                book.truth().lost.contains(pod.batch()) || book.truth().again.contains(pod.name());
        Entry entry = lost || record == null ? null : record.entries().get(pod.index());
        boolean written = lost
                || entry != null
                        && (!entry.isLive()
                                || (pod.isTerminal()
                                        && pod.attempt() <= entry.attempts().last()));
        book.require(Rule.RELEASED_BEFORE_WRITTEN, written, "pod " + pod.name());
    }

    void untracking(PodView pod, boolean deleted) {
        book.require(Rule.UNTRACKED_BEFORE_DELETED, deleted, "pod " + pod.name());
    }

    /** One more step of the world, in which these have ended and are wanted gone. */
    void held(Collection<PodView> held) {
        var steps = book.truth().heldSteps;
        steps.keySet().retainAll(held.stream().map(PodView::name).toList());
        held.forEach(pod -> {
            int now = steps.merge(pod.name(), 1, Integer::sum);
            book.longest = Math.max(book.longest, now);
            book.require(Rule.HELD_FOR_LONG, now != MOST_HELD, "pod " + pod.name());
        });
    }

    void sweeping(String what, boolean recorded) {
        book.require(Rule.SWEPT_THOUGH_RECORDED, !recorded, what);
    }

    void stopping(PodView pod, Observed basis) {
        JobView job = basis.jobs().get(pod.batch());
        book.require(Rule.STOPPED_FOR_NOTHING, job != null && job.suspended(), "pod " + pod.name());
    }
}
