package io.jenkins.plugins.taskqueue.engine;

import io.jenkins.plugins.taskqueue.engine.policy.Situation.Candidate;
import io.jenkins.plugins.taskqueue.engine.policy.Underway;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Fetches the data of the items of the next batches, several at a time. */
final class ItemFetch {
    private static final String NO_DATA = "{}";

    private final QueueSpec spec;
    private final Source source;
    private final Intake intake;
    private final Engine engine;

    ItemFetch(QueueSpec spec, Source source, Intake intake, Engine engine) {
        this.spec = spec;
        this.source = source;
        this.intake = intake;
        this.engine = engine;
    }

    /** The items whose data is in hand, as the batches that they fit in; the rest stays pending. */
    List<List<Claim.Item>> batches(List<Candidate> candidates) {
        List<CompletableFuture<Optional<Claim.Item>>> answers = candidates.stream()
                .map(candidate -> CompletableFuture.supplyAsync(() -> fetch(candidate), engine.fetches()))
                .toList();
        List<List<Claim.Item>> batches = new ArrayList<>();
        List<List<Claim.Item>> alone = new ArrayList<>();
        long left = 0;
        for (CompletableFuture<Optional<Claim.Item>> answer : answers) {
            Optional<Claim.Item> item = answer.join();
            if (item.isPresent() && intake.refusals().isAlone(item.get().name())) {
                alone.add(List.of(item.get()));
            } else if (item.isPresent()) {
                long size = size(item.get());
                if (batches.isEmpty()
                        || size > left
                        || batches.get(batches.size() - 1).size() == spec.batchItems()) {
                    batches.add(new ArrayList<>());
                    left = spec.batchBytes();
                }
                batches.get(batches.size() - 1).add(item.get());
                left -= size;
            }
        }
        batches.addAll(alone);
        return batches;
    }

    Refusals refusals() {
        return intake.refusals();
    }

    private static long size(Claim.Item item) {
        return bytes(item.name()) + (item.data() == null ? 0 : bytes(item.data()));
    }

    private Optional<Claim.Item> fetch(Candidate candidate) {
        String name = candidate.name();
        if (name.indexOf('\0') >= 0) {
            String sentence = "The item's name has a NUL character, which no environment variable can hold: rename it.";
            return Optional.of(failed(candidate, "InvalidName", sentence));
        }
        Optional<String> unfit = intake.refusals().unfit(name);
        if (unfit.isPresent()) {
            return Optional.of(failed(candidate, Underway.Hold.REFUSED, unfit.get()));
        }
        try {
            Optional<String> data = source.data(name);
            if (data.isEmpty() && !intake.holdUnknown(name, engine.steady().instant())) {
                return Optional.empty();
            }
            String json = data.orElse(NO_DATA);
            if (bytes(json) > spec.itemBytes()) {
                return Optional.of(failed(candidate, "DataTooLarge", tooLarge(json)));
            }
            intake.release(name);
            return Optional.of(new Claim.Item(name, candidate.listed(), json, null));
        } catch (SourceException e) {
            return withoutData(candidate, e.isPermanent(), e.getMessage());
        } catch (RuntimeException e) {
            String sentence = "Unexpected, while asking " + source.describe() + " for the item's data: " + e;
            return withoutData(candidate, false, sentence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Claim.Item> withoutData(Candidate candidate, boolean permanent, String sentence) {
        boolean again =
                !permanent && intake.hold(candidate.name(), engine.steady().instant(), sentence);
        return again ? Optional.empty() : Optional.of(failed(candidate, "NoData", sentence));
    }

    private String tooLarge(String json) {
        return "The item's data has " + bytes(json) + " bytes, more than the " + spec.itemBytes()
                + " that a batch record can hold. Let the source hand over a reference, such as a path or a URL.";
    }

    private Claim.Item failed(Candidate candidate, String reason, String sentence) {
        Instant now = engine.clock().instant();
        Outcome outcome = Outcome.withoutPod(ItemState.FAILED, reason, sentence, now);
        return new Claim.Item(candidate.name(), candidate.listed(), null, outcome);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
