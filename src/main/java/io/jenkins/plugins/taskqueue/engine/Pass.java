package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.ledger.Ledger;
import io.jenkins.plugins.taskqueue.engine.ledger.Table;
import io.jenkins.plugins.taskqueue.engine.ledger.TableUpdate;
import io.jenkins.plugins.taskqueue.engine.policy.Action;
import io.jenkins.plugins.taskqueue.engine.policy.Batch;
import io.jenkins.plugins.taskqueue.engine.policy.Batches;
import io.jenkins.plugins.taskqueue.engine.policy.Decision;
import io.jenkins.plugins.taskqueue.engine.policy.Judged;
import io.jenkins.plugins.taskqueue.engine.policy.Plan;
import io.jenkins.plugins.taskqueue.engine.policy.Since;
import io.jenkins.plugins.taskqueue.engine.policy.Situation;
import io.jenkins.plugins.taskqueue.engine.policy.Stop;
import io.jenkins.plugins.taskqueue.engine.policy.Strays;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One pass of the loop: observe, decide, act, publish. Used by one thread. */
final class Pass {
    /** Who does not act looks so often whether there is still a reason to wait for that. */
    private static final Duration LOOKS_ON = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Intake intake;
    private final Actor actor;
    private final Engine engine;
    private final String run;
    private final Ledger ledger;
    private final Table table;
    private final TableUpdate update;
    private final StatusMaker maker;
    private final Farewell farewell;
    private final LookingOn lookingOn;
    private Since since = Since.NOTHING;
    private boolean proven;
    /** The highest batch that was told of; what was there before this manager is not told of. */
    private int announced = -1;

    private boolean toldOfOthers;
    private String unreadable = "";
    /** Once a run is being stopped it stays so, whatever is listed meanwhile. */
    private Stop stop = Stop.NO;
    /** When the source last listed an item that was new to this manager; at first, when it began. */
    private Instant lastNew;

    Pass(Cluster cluster, Intake intake, Actor actor, Engine engine) {
        this.cluster = cluster;
        this.intake = intake;
        this.actor = actor;
        this.engine = engine;
        Instant begun = engine.clock().instant();
        this.lastNew = engine.steady().instant();
        this.run = cluster.observed().run().id();
        this.table = new Table(begun.toEpochMilli());
        this.ledger = new Ledger(run, table);
        Pace pace = new Pace();
        this.update = new TableUpdate(ledger, table, event -> {
            if (event instanceof Event.Ended) {
                pace.ended(engine.steady().instant());
            }
            engine.events().accept(event);
        });
        this.farewell = new Farewell(ledger, actor.teller(), engine);
        this.lookingOn = new LookingOn(engine.events());
        this.maker = new StatusMaker(table, pace, begun, lookingOn::why);
    }

    /**
     * @param wake when to pass again, if nothing happens before
     * @param status what is so now
     * @param over why the queue can't go on; empty while it can
     * @param slots how many are taken
     * @param refused how many of these a quota refuses
     * @param claiming whether a claim was under way when the pass began
     * @param asksAgain whether the source may have more for whoever told it what is done
     * @param settled items that were to be cancelled and need not be any more: they have ended, or are not there
     */
    record Result(
            Instant wake,
            Status status,
            String over,
            int slots,
            int refused,
            boolean claiming,
            boolean asksAgain,
            Set<String> settled) {}

    /** @param scaling what the parallelism was decided from; empty where it is fixed */
    Result run(QueueSpec spec, Controls controls, String scaling) {
        Instant time = engine.clock().instant();
        Instant now = engine.steady().instant();
        Underway underway = actor.underway();
        Observed observed = cluster.observed();
        Denial denial = cluster.denial();
        if (denial.believed()) {
            return new Result(now.plusSeconds(1), maker.last(), denial.sentence(), 0, 0, false, false, Set.of());
        }
        boolean closing = actor.isRunEnded() || observed.run().ended();
        String lost = closing ? "" : lost(spec, observed);
        if (!lost.isEmpty()) {
            boolean over = letGo(observed, underway, now);
            return new Result(now.plusSeconds(1), maker.last(), over ? lost : "", 0, 0, false, false, Set.of());
        }
        if (!observed.run().deleted()) {
            ledger.fold(observed.records());
        }
        // Read once: a listing that comes while this pass runs is the next one's. Else the run would end without it.
        Listing listing = intake.listing();
        list(listing, now);
        actor.teller().take().forEach(told -> ledger.told(told.item(), told.state(), told.poll(), told.at()));
        List<Batch> batches = Batches.of(observed);
        Strays strays = Strays.of(observed);
        announce(batches);
        since = since.with(batches, now);
        tellOf(observed.others());
        Set<String> cancelled = controls.cancelled();
        Situation situation = new Situation(
                time,
                cluster.mayAct() && !isOver(observed),
                controls.paused() || closing,
                controls.stop().isStopped() ? controls.stop() : stop,
                closing
                        ? Situation.Cancelled.NOTHING
                        : new Situation.Cancelled(cancelled, ledger.candidatesOf(cancelled, spec.batchItems())),
                strays,
                batches,
                since,
                observed.records(),
                observed.run(),
                ledger.candidates(
                        Decision.MOST_CLAIMED, item -> !cancelled.contains(item) && intake.isReady(item, now)),
                ledger.items(),
                ledger.failed(),
                ledger.isProven() || proven,
                actor.lastClaim(),
                ledger.told(intake.answered(), now),
                underway);
        Plan plan = Decision.decide(spec, situation, now);
        stop = plan.stop();
        boolean busy = !observed.run().settled() || !batches.isEmpty() || !strays.isEmpty() || underway.isCalling();
        boolean unread = listing.acknowledges() && actor.teller().isListingOlder();
        boolean left = ledger.hasPending() || listing == Listing.NONE;
        Instant awaited = lastNew.plus(spec.keepRunning());
        boolean finished = spec.once() && !left && !controls.paused() && !awaited.isAfter(now);
        boolean done = !busy && (closing || stop.isStopped() || finished);
        boolean told = farewell.isOver(situation.mayAct() && done && !closing, stop.isStopped(), unread, now);
        // Where two managers act for a moment, one may end the run while the other claims: that is worked off first.
        boolean cleared = spec.named() || actor.isRunEnded() || observed.run().deleted();
        boolean ended = isOver(observed) || (closing && !busy && cleared);
        lookingOn.look(ended ? "" : why(denial, situation.mayAct()), now);
        actor.perform(actions(spec, plan, underway, situation.mayAct() && done && told && !ended, now));
        update.apply(plan.judged(), plan.stop(), underway);
        actor.keepOnly(numbers(batches), pods(batches));
        String trouble = Stream.of(observed.others().unreadable(), intake.trouble(), intake.missing())
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
        Status status = maker.make(spec, controls, plan, situation, observed, trouble, scaling, ended, time);
        proven |= status.count(ItemState.RUNNING) > 0;
        Set<String> settled =
                cancelled.stream().filter(item -> !ledger.isOpen(item)).collect(Collectors.toSet());
        int slots = plan.judged().stream().mapToInt(Judged::slots).sum();
        int refused =
                plan.judged().stream().mapToInt(one -> one.refused(underway)).sum();
        boolean claiming = underway.running().contains(Action.Claim.KEY);
        boolean asksAgain = unread && !ledger.hasPending();
        Instant wake = wake(plan, underway, awaited, now);
        Instant lookedOn = situation.mayAct() ? Instant.MAX : now.plus(LOOKS_ON);
        return new Result(
                wake.isBefore(lookedOn) ? wake : lookedOn, status, "", slots, refused, claiming, asksAgain, settled);
    }

    private static String why(Denial denial, boolean mayAct) {
        if (!denial.equals(Denial.NONE)) {
            return denial.sentence();
        }
        return mayAct ? "" : LookingOn.SENTENCE;
    }

    /** Why everything of the queue is being deleted, by somebody else; empty where it is not. */
    private String lost(QueueSpec spec, Observed observed) {
        return !observed.run().deleted()
                ? actor.leaving()
                : "The queue \"" + spec.name()
                        + "\" was deleted while it was being worked on. Start it again to begin from"
                        + " the source's listing.";
    }

    /** Takes our finalizer from every pod, or what is being deleted would stay for ever. Returns whether that is done. */
    private boolean letGo(Observed observed, Underway underway, Instant now) {
        List<PodView> tracked = observed.pods().values().stream()
                .flatMap(List::stream)
                .filter(PodView::tracked)
                .toList();
        Action.Sweep sweep = new Action.Sweep(Set.of(), tracked);
        if (!tracked.isEmpty() && underway.isFree(sweep.key(), now)) {
            actor.perform(List.of(sweep));
        }
        return tracked.isEmpty() && !underway.isCalling();
    }

    /** Whether another manager has ended the run of this one and begun the next, which this one has no part in. */
    private boolean isOver(Observed observed) {
        return !observed.run().id().equals(run);
    }

    private Instant wake(Plan plan, Underway underway, Instant awaited, Instant now) {
        Underway.Hold end = underway.held().get(Action.EndRun.KEY);
        return Stream.of(
                        plan.wake(),
                        intake.nextReady(now),
                        ledger.nextTelling(now),
                        farewell.deadline(now),
                        awaited.isAfter(now) ? awaited : Instant.MAX,
                        end == null || end.until().isBefore(now) ? Instant.MAX : end.until())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private void announce(List<Batch> batches) {
        for (Batch batch : batches) {
            if (batch.number() > announced && announced >= 0) {
                engine.events()
                        .accept(new Event.Claimed(
                                batch.number(), batch.record().entries().size()));
            }
        }
        announced = Math.max(
                Math.max(announced, 0),
                batches.stream().mapToInt(Batch::number).max().orElse(0));
    }

    private void tellOf(Observed.Others others) {
        if (!others.sentence().isEmpty() && !toldOfOthers) {
            engine.events().accept(new Event.Notice(others.sentence()));
        }
        toldOfOthers = !others.sentence().isEmpty();
        if (!others.unreadable().isEmpty() && !others.unreadable().equals(unreadable)) {
            engine.events().accept(new Event.Notice(others.unreadable()));
        }
        unreadable = others.unreadable();
    }

    private void list(Listing listing, Instant now) {
        if (listing != Listing.NONE) {
            int added = ledger.list(listing, intake.listedAt());
            if (added > 0) {
                lastNew = now;
                engine.events().accept(new Event.Listed(listing.names().size(), added));
            }
        }
    }

    private static List<Action> actions(QueueSpec spec, Plan plan, Underway underway, boolean end, Instant now) {
        List<Action> actions = new ArrayList<>(plan.actions());
        Action.EndRun last = new Action.EndRun(!spec.named());
        if (end && actions.isEmpty() && underway.isFree(last.key(), now)) {
            actions.add(last);
        }
        return actions;
    }

    private static Set<Integer> numbers(List<Batch> batches) {
        Set<Integer> numbers = new HashSet<>();
        batches.forEach(batch -> numbers.add(batch.number()));
        return numbers;
    }

    private static Set<String> pods(List<Batch> batches) {
        Set<String> names = new HashSet<>();
        batches.forEach(batch -> batch.allPods().forEach(pod -> names.add(pod.name())));
        return names;
    }
}
