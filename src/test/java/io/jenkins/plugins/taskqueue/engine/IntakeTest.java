package io.jenkins.plugins.taskqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Intake intake = new Intake();

    @Test
    void beforeTheFirstListingThereIsNone() {
        assertThat(intake.listing()).isSameAs(Listing.NONE);
        assertThat(intake.trouble()).isEmpty();
    }

    @Test
    void aFailedPollKeepsTheLastListingAndSaysWhatIsWrong() {
        Listing listing = Listing.of("a");
        intake.accept(listing, NOW);
        intake.fail("the source is down");
        assertThat(intake.listing()).isSameAs(listing);
        assertThat(intake.trouble()).isEqualTo("the source is down");

        intake.accept(listing, NOW.plusSeconds(1));
        assertThat(intake.trouble()).isEmpty();
        assertThat(intake.listedAt()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void anItemOnHoldIsReadyAfterABackoffThatGrows() {
        intake.hold("a", NOW, "503");
        Instant first = intake.nextReady(NOW);
        intake.hold("a", NOW, "503");
        Instant second = intake.nextReady(NOW);

        assertThat(first).isBetween(NOW.plusMillis(800), NOW.plusMillis(1000));
        assertThat(second).isBetween(NOW.plusMillis(1600), NOW.plusMillis(2000));
        assertThat(intake.isReady("a", second.minusMillis(1))).isFalse();
        assertThat(intake.isReady("a", second)).isTrue();
        assertThat(intake.isReady("b", NOW)).isTrue();
    }

    @Test
    void itIsTriedSoManyTimesAndForSoLongAndThenGivenUp() {
        Instant last = NOW.plus(Intake.DATA_PATIENCE);
        for (int i = 1; i < Intake.DATA_TRIES; i++) {
            assertThat(intake.hold("a", NOW, "503")).isTrue();
            assertThat(intake.hold("b", i < 3 ? NOW : last, "503")).isTrue();
            intake.accept(Listing.of("a", "b"), NOW);
        }
        assertThat(intake.hold("a", last.minusMillis(1), "503"))
                .as("often enough, not for long enough")
                .isTrue();
        intake.release("b");
        assertThat(intake.hold("b", last.plus(Intake.DATA_PATIENCE), "503"))
                .as("begun anew")
                .isTrue();
        assertThat(intake.hold("a", last, "503")).isFalse();
        assertThat(intake.isReady("a", NOW)).isTrue();
    }

    @Test
    void whileTheSourceGivesNoListingNothingIsCountedAgainstAnItem() {
        intake.accept(Listing.of("a"), NOW);
        for (int i = 0; i < 10 * Intake.DATA_TRIES; i++) {
            intake.fail("the source is down");
            assertThat(intake.hold("a", NOW.plus(Intake.DATA_PATIENCE.multipliedBy(i)), "503"))
                    .isTrue();
        }
    }

    @Test
    void dataThatWasHadEndsTheCounting() {
        for (int i = 1; i < Intake.DATA_TRIES; i++) {
            intake.hold("a", NOW, "503");
            intake.accept(Listing.of("a"), NOW);
        }
        assertThat(intake.missing()).isEqualTo("The data of the item \"a\" is asked for again: 503");
        intake.release("a");
        assertThat(intake.missing()).isEmpty();
        assertThat(intake.hold("a", NOW.plus(Intake.DATA_PATIENCE), "503")).isTrue();
    }

    @Test
    void anUnknownItemWaitsForAListingAndNotForTime() {
        intake.accept(Listing.of("a"), NOW);
        assertThat(intake.holdUnknown("a", NOW)).isFalse();

        assertThat(intake.nextReady(NOW)).isEqualTo(Instant.MAX);
        assertThat(intake.isReady("a", NOW.plusSeconds(9_999))).isFalse();
        intake.fail("a poll that failed says nothing");
        assertThat(intake.isReady("a", NOW)).isFalse();
        intake.accept(Listing.of("a"), NOW);
        assertThat(intake.isReady("a", NOW)).isTrue();
        assertThat(intake.holdUnknown("a", NOW)).isTrue();
    }
}
