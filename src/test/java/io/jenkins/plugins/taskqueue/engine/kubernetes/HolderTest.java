package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class HolderTest {
    private final Holder me = Holder.current();

    @Test
    void identityReadsBack() {
        assertThat(Holder.parse(me.identity())).contains(me);
        assertThat(Holder.parse("somebody else")).isEmpty();
    }

    @Test
    void livingProcessIsNotDead() {
        assertThat(me.isKnownDeadTo(Holder.current())).isFalse();
    }

    @Test
    void endedProcessOfTheSameMachineIsKnownDead() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        long start = process.info().startInstant().orElseThrow().toEpochMilli();
        var other = new Holder(me.host(), me.where(), process.pid(), start, "x");
        assumeTrue(!me.where().isEmpty(), "this machine does not tell its boot id");
        assertThat(other.isKnownDeadTo(me)).isFalse();

        process.destroyForcibly().waitFor();

        assertThat(other.isKnownDeadTo(me)).isTrue();
    }

    @Test
    void laterProcessWithTheSamePidIsAnother() {
        assumeTrue(!me.where().isEmpty(), "this machine does not tell its boot id");
        var earlier = new Holder(me.host(), me.where(), me.pid(), me.startMillis() - 60_000, "x");

        assertThat(earlier.isKnownDeadTo(me)).isTrue();
    }

    @Test
    void processOfAnotherMachineIsNeverKnownDead() {
        var elsewhere = new Holder(me.host(), "another boot pid:[1]", 999_999_999, 1, "x");

        assertThat(elsewhere.isKnownDeadTo(me)).isFalse();
    }
}
