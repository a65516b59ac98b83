package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.taskqueue.engine.fake.FakeSource;
import io.jenkins.plugins.taskqueue.engine.fake.ManualQueue;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class PassTest {
    private final ManualQueue world = new ManualQueue();
    private final Intake intake = new Intake();

    @Test
    void listingThatComesDuringAPassDoesNotEndTheRunUnread() throws Exception {
        QueueSpec spec = QueueSpec.builder("videos", WorkerSpec.worker("image"))
                .once(true)
                .build();
        ItemFetch fetch = new ItemFetch(spec, FakeSource.of("a"), intake, world.engine());
        Teller teller = new Teller(FakeSource.of("a"), intake, world.engine());
        Actor actor =
                new Actor(world.cluster, fetch, teller, null, world.engine(), () -> {}, sentence -> {}, claim -> true);
        world.cluster.open(() -> {});
        Pass pass = new Pass(listingMeanwhile(), intake, actor, world.engine());

        pass.run(spec, Controls.NONE, "");

        assertThat(world.cluster.observed().run().ended()).isFalse();
    }

    /** In the middle of each pass, when it asks whether it may act, the source's listing arrives. */
    private Cluster listingMeanwhile() {
        Class<?>[] type = {Cluster.class};
        return (Cluster) Proxy.newProxyInstance(getClass().getClassLoader(), type, (proxy, method, args) -> {
            if (method.getName().equals("mayAct")) {
                intake.accept(Listing.of("a"), world.clock.instant());
            }
            return method.invoke(world.cluster, args);
        });
    }
}
