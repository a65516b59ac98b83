package io.jenkins.plugins.taskqueue.engine.fake;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each check of a {@link RuleBook} can fail: a manager breaks each rule once, and is found out. */
class RuleBookTest {
    private static final Map<Rule, BadManager.Deed> BREACHES = Map.ofEntries(
            entry(Rule.ONE_LIVE_BATCH, bad -> {
                bad.claim(1, "a");
                bad.claim(2, "a");
            }),
            entry(Rule.CLAIMED_AFTER_SUCCESS, bad -> {
                bad.succeeded("a");
                bad.claim(2, "a");
            }),
            entry(Rule.CLAIMED_AGAIN, bad -> {
                bad.claimEnded(1, "a");
                bad.claim(2, "a");
            }),
            entry(Rule.CLAIMED_UNLISTED, bad -> bad.claim(1, BadManager.UNLISTED)),
            entry(Rule.CLAIMED_BEYOND_PARALLELISM, bad -> bad.claim(1, "a", "b", "c")),
            entry(Rule.CLAIMED_WHILE_PAUSED, bad -> {
                bad.world.rules.paused(true);
                bad.claim(1, "a");
            }),
            entry(Rule.NUMBER_USED_TWICE, bad -> {
                bad.merged("a", "b");
                bad.claimPastTheFence(1, "c");
            }),
            entry(Rule.CREATED_FOR_STOPPED_JOB, bad -> {
                bad.claimWithJob("a");
                bad.world.hand.suspend(1, true);
                bad.startPod(0);
            }),
            entry(Rule.CREATED_BEFORE_LAST_ENDED, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.startPod(1);
            }),
            entry(Rule.CREATED_BEYOND_BUDGET, bad -> {
                bad.failed(2);
                bad.later();
                bad.startPod(2);
            }),
            entry(Rule.CREATED_TOO_SOON, bad -> {
                bad.failed(1);
                bad.startPod(1);
            }),
            entry(Rule.STARTED_WITHOUT_RECORD, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.world.hand.deleteRecord(1);
                bad.starts();
            }),
            entry(Rule.STARTED_AFTER_OUTCOME, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.write(ItemState.CANCELLED, 1);
                bad.starts();
            }),
            entry(Rule.STARTED_TWICE, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.startPod(1);
                bad.starts();
            }),
            entry(Rule.STARTED_AFTER_SUCCESS, bad -> {
                bad.ended(0);
                bad.startPod(1);
                bad.starts();
            }),
            entry(Rule.STARTED_BEYOND_PARALLELISM, bad -> {
                bad.failed(2);
                bad.claim(2, "b", "c");
                bad.startPod(2);
                bad.starts();
            }),
            entry(Rule.STARTED_AFTER_END, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.cluster.endRun();
                bad.starts();
            }),
            entry(Rule.STARTED_OF_ANOTHER_LIFE, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.world.hand.beginAnew();
                bad.world.hand.collect();
                bad.cluster.open(() -> {});
                bad.claimPastTheFence(1, "b");
                bad.world.kubelet.startStrays();
            }),
            entry(Rule.FALSE_SUCCESS, bad -> {
                bad.claimWithJob("a");
                bad.write(ItemState.SUCCEEDED, 1);
            }),
            entry(Rule.FALSE_FAILURE, bad -> {
                bad.failed(1);
                bad.write(ItemState.FAILED, 1);
            }),
            entry(Rule.FALSE_CANCELLATION, bad -> {
                bad.claimWithJob("a");
                bad.world.rules.mayCancel((item, reason) -> false);
                bad.write(ItemState.CANCELLED, 0);
            }),
            entry(Rule.COUNTED_FALSELY, bad -> {
                bad.claimWithJob("a");
                bad.cluster.write(bad.record().withAttempts(Map.of(0, Attempts.NONE.failed(0, ""))));
            }),
            entry(Rule.OUTCOME_CHANGED, bad -> {
                bad.claimEnded(1, "a");
                bad.write(ItemState.CANCELLED, 0);
            }),
            entry(Rule.LOG_NOT_KEPT, bad -> {
                bad.failed(2);
                bad.write(ItemState.FAILED, 2);
            }),
            entry(Rule.FORGOTTEN, bad -> {
                BatchRecord now = bad.claimEnded(1, "a");
                bad.cluster.write(new BatchRecord(1, false, now.created(), List.of(), now.version()));
            }),
            entry(Rule.TOLD_TOO_EARLY, bad -> {
                bad.claim(1, "a");
                bad.world.store.telling("a", true);
            }),
            entry(Rule.RELEASED_BEFORE_WRITTEN, bad -> {
                bad.ended(0);
                bad.cluster.release(bad.record(), bad.world.store.pods());
            }),
            entry(Rule.UNTRACKED_BEFORE_DELETED, bad -> {
                bad.succeeded("a");
                bad.world.store.untrack("1-0-0");
            }),
            entry(Rule.SWEPT_THOUGH_RECORDED, bad -> {
                bad.claimWithJob("a");
                bad.cluster.sweep(Set.of(1), List.of());
            }),
            entry(Rule.HELD_FOR_LONG, bad -> {
                bad.ended(0);
                bad.world.store.delete("1-0-0");
                for (int i = 0; i < PodRules.MOST_HELD; i++) {
                    bad.world.store.step();
                }
            }),
            entry(Rule.STOPPED_FOR_NOTHING, bad -> {
                bad.claimWithJob("a");
                bad.startPod(0);
                bad.cluster.stopPod(bad.world.store.pods().get(0));
            }),
            entry(Rule.JOB_DELETED_BEFORE_WRITTEN, bad -> {
                bad.claimWithJob("a");
                bad.cluster.deleteJob(bad.record());
            }),
            entry(Rule.MERGE_REPLACES_ITSELF, bad -> {
                BatchRecord merged = bad.merged("a", "b");
                bad.cluster.merge(merged, List.of(merged));
            }),
            entry(Rule.LOST_IN_MERGE, bad -> {
                BatchRecord old = bad.claimEnded(1, "a");
                bad.later();
                bad.cluster.merge(new BatchRecord(2, true, old.created(), List.of(), ""), List.of(old));
            }),
            entry(Rule.RUN_ENDED_EARLY, bad -> {
                bad.claim(1, "a");
                bad.cluster.endRun();
            }));

    private final BadManager bad = new BadManager();

    @ParameterizedTest
    @EnumSource
    void aManagerThatBreaksTheRuleIsFoundOut(Rule rule) throws Exception {
        bad.breaks(BREACHES.get(rule));
        assertThat(bad.world.rules.breaches()).anyMatch(breach -> breach.startsWith(rule.toString()));
    }

    @Test
    void aManagerThatKeepsThemIsNotBlamed() throws Exception {
        bad.cluster.open(() -> {});
        bad.claimWithJob("a", "b");
        bad.failed(bad.startPod(0));
        bad.later();
        bad.startPod(1);
        bad.starts();
        bad.world.kubelet.succeedAll();
        assertThat(bad.world.store.pods()).hasSize(2).allMatch(PodView::isTerminal);
        bad.write(ItemState.SUCCEEDED, 2);
        bad.cluster.write(bad.record().withOutcomes(Map.of(1, BadManager.outcome(ItemState.CANCELLED, 0, ""))));
        bad.cluster.release(bad.record(), bad.world.store.pods());
        bad.cluster.deleteJob(bad.record());
        bad.cluster.endRun();

        assertThat(bad.world.rules.breaches()).isEmpty();
    }

    @Test
    void eachBreachIsToldByItself() throws Exception {
        bad.cluster.open(() -> {});
        bad.world.rules.paused(true);
        bad.claim(1, "a");
        bad.claim(2, "b");
        assertThat(bad.world.rules.breaches()).hasSize(2).doesNotHaveDuplicates();
    }
}
