package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.Maker;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class JobMakerTest {
    @Test
    void aJobUsesItsOwnQueuesAndNobodyElses(JenkinsRule jenkins) {
        Maker a = JobMaker.of("a/x", null);

        assertThat(a.mayUse(JobMaker.of("a/x", "other").name())).isTrue();
        assertThat(a.mayUse("")).isTrue();
        assertThat(a.mayUse(JobMaker.of("b/y", null).name())).isFalse();
        assertThat(a.mayUse(Maker.STAND_ALONE.name())).isFalse();
        assertThat(Maker.STAND_ALONE.mayUse(a.name())).isFalse();
        assertThat(Maker.standAlone(true, "").mayUse(a.name())).isTrue();
    }

    @Test
    void onlyJobsThatBothShareUseEachOthersQueues(JenkinsRule jenkins) {
        Maker a = JobMaker.of("a/x", "a/*\nb/*");

        assertThat(a.mayUse(JobMaker.of("b/y", null).name())).isTrue();
        assertThat(a.mayUse(JobMaker.of("c/z", null).name())).isFalse();
        assertThat(JobMaker.of("c/z", "a/*\nb/*").mayUse(a.name())).isFalse();
    }

    @Test
    void aQueueOfSomebodyOutsideIsSharedOnlyByThoseWhoShare(JenkinsRule jenkins) {
        String elsewhere = "the job \"c/z\" of the Jenkins elsewhere";

        assertThat(JobMaker.of("a/x", "a/*").mayUse(Maker.STAND_ALONE.name())).isTrue();
        assertThat(JobMaker.of("a/x", "a/*").mayUse(elsewhere)).isTrue();
        assertThat(JobMaker.of("b/y", "a/*").mayUse(elsewhere)).isFalse();
    }
}
