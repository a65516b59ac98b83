package io.jenkins.plugins.taskqueue.containers.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files of a claim, and two replicas of which the one that acts is killed. */
@Tag("deploy")
@Execution(ExecutionMode.CONCURRENT)
class FilesDeployTest {
    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("try") // held open, and nothing else
    void aKilledManagersQueueIsTakenOnlyAfterItsLeasesDurationAndEveryFileIsDoneOnce() throws Exception {
        try (var site = new Site(directory)) {
            Path videos = Files.createDirectory(site.claim("videos").resolve("2026"));
            var overlay = new Overlay(site, "files", site.claim("thumbnails"));
            for (int i = 0; i < Overlay.ITEMS; i++) {
                Files.writeString(videos.resolve("clip " + i + ".mp4"), "");
            }
            overlay.apply(directory, "nowhere", "test -f \"/videos/$WORK_ITEM\"");
            overlay.awaitReady(2);
            overlay.awaitDone(Overlay.ITEMS / 4);

            String killed = overlay.holder();
            LeaseSpec before;
            // A namespace's number is given again, and who gets it knows that the manager there is dead: not here.
            try (var held = overlay.namespaceOfActive()) {
                overlay.killActive();
                before = overlay.leaseOf(killed); // nobody renews it any more
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> !overlay.holder().equals(killed));
            }
            // Leases are acquired before the queue is taken.
            assertThat(overlay.leaseOf(overlay.holder()).getAcquireTime())
                    .isAfterOrEqualTo(before.getRenewTime().plusSeconds(before.getLeaseDurationSeconds()));

            overlay.awaitDone(Overlay.ITEMS);
            overlay.everyItemWasDoneOnce();
            assertThat(overlay.done()).allMatch(name -> name.startsWith("2026/clip "));
        }
    }
}
