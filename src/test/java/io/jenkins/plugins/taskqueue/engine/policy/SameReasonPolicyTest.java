package io.jenkins.plugins.taskqueue.engine.policy;

import static io.jenkins.plugins.taskqueue.engine.policy.Given.ended;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.job;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.live;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.running;
import static io.jenkins.plugins.taskqueue.engine.policy.Given.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.PodView;
import org.junit.jupiter.api.Test;

class SameReasonPolicyTest {

    private static boolean starts(boolean proven, PodView... pods) {
        Given given = new Given().pending(9).batch(live(1, pods.length), job(1), pods);
        given.proven = proven;
        return !given.actions(Action.Claim.class).isEmpty();
    }

    @Test
    void whereAllStartedItemsWaitForOneReasonNoMoreAreStarted() {
        assertThat(starts(false, waiting(1, 0, "ImagePullBackOff"), waiting(1, 1, "ImagePullBackOff")))
                .isFalse();
    }

    @Test
    void onceAWorkerOfTheRunHasStartedTheOthersMayStart() {
        assertThat(starts(true, waiting(1, 0, "ImagePullBackOff"))).isTrue();
        assertThat(starts(false, waiting(1, 0, "ImagePullBackOff"), running(1, 1, 0)))
                .isTrue();
    }

    @Test
    void twoReasonsAreNoCommonOne() {
        assertThat(starts(false, waiting(1, 0, "ImagePullBackOff"), waiting(1, 1, "Unschedulable")))
                .isTrue();
    }

    @Test
    void whatEveryPodGoesThroughIsNoReason() {
        assertThat(starts(false, waiting(1, 0, "ContainerCreating"))).isTrue();
        assertThat(starts(false, waiting(1, 0, "Initializing"))).isTrue();
        assertThat(starts(false, waiting(1, 0, ""))).isTrue();
    }

    @Test
    void aQueueOfWhichNothingIsStartedStarts() {
        Given given = new Given().pending(1).batch(ended(1, 1), job(1));
        given.proven = false;

        assertThat(given.actions(Action.Claim.class)).hasSize(1);
    }
}
