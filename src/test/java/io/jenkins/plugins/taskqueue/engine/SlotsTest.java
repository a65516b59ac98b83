package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void nobodyKnowsBeforeTheFirstPass() {
        assertThat(new Slots(4).most()).isEqualTo(-1);
    }

    @Test
    void higherParallelismCountsAtOnce() {
        Slots slots = new Slots(4);
        slots.seen(1, false, 4);

        slots.allow(9);
        slots.seen(1, false, 4);

        assertThat(slots.most()).isEqualTo(9);
    }

    @Test
    void lowerParallelismCountsWhenAPassHasDecidedWithIt() {
        Slots slots = new Slots(9);
        slots.seen(2, false, 9);

        slots.allow(4);
        assertThat(slots.most()).isEqualTo(9);
        slots.seen(2, false, 9);
        assertThat(slots.most()).isEqualTo(9);
        slots.seen(2, false, 4);
        assertThat(slots.most()).isEqualTo(4);
    }

    @Test
    void claimThatIsUnderWayMayStillTakeWhatWasAllowedBefore() {
        Slots slots = new Slots(9);
        slots.seen(2, false, 9);

        slots.allow(4);
        slots.seen(2, true, 4);
        assertThat(slots.most()).isEqualTo(9);
        slots.seen(7, false, 4);
        assertThat(slots.most()).isEqualTo(7);
    }

    @Test
    void managerTellsWhatRunsThoughItsParallelismWasLowered() throws Exception {
        Driven driven = new Driven(FakeSource.of(10)).start().running();

        driven.manager.setParallelism(1);
        driven.pass(2);
        assertThat(driven.manager.mostStarted()).isEqualTo(4);

        driven.world.kubelet.succeedAll();
        driven.pass(6);
        assertThat(driven.manager.mostStarted()).isEqualTo(1);
    }
}
