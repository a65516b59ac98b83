package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.jenkins.plugins.taskqueue.engine.ClusterException;
import io.jenkins.plugins.taskqueue.engine.ClusterException.Kind;
import io.jenkins.plugins.taskqueue.engine.Observed;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Claim;
import io.jenkins.plugins.taskqueue.engine.record.Entry;
import io.jenkins.plugins.taskqueue.engine.record.RecordTooLargeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates, rewrites and merges batch records. */
record Records(KubernetesApi api, ObjectNames names, Table table) {
    /** Keeps the selector of a collection delete well below the longest URL that proxies let through. */
    private static final int AT_ONCE = 200;

    /**
     * First the number is taken, which nobody else can have taken since the owner was as it was seen; then the record is
     * created. What becomes of a number whose record does not come is settled by whoever acts next.
     */
    BatchRecord claim(Claim claim, Owner.State seen, Owner owner) throws ClusterException, InterruptedException {
        Observed.Run run = table.observed().run();
        boolean late = claim.number() != run.claimed() + 1 || !run.settled();
        if (late || seen.ended() || !seen.run().equals(claim.run())) {
            throw new ClusterException(
                    Kind.CONFLICT, "Another batch was claimed, or the run ended, before " + claim.number() + " was.");
        }
        table.configMap(owner.claim(seen, claim.number()));
        return create(claim, seen);
    }

    /** An empty record takes the name for good, so that a creation which is still on its way comes too late. */
    void settle(Owner.State owner) throws ClusterException, InterruptedException {
        create(new Claim(owner.claimed(), owner.run(), List.of()), owner);
    }

    private BatchRecord create(Claim claim, Owner.State owner) throws ClusterException, InterruptedException {
        ConfigMap manifest = new RecordManifest(names).claimed(claim, owner.reference());
        try {
            return take(api.create("configmaps", manifest));
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            ConfigMap found = api.configMap(manifest.getMetadata().getName()).orElseThrow(() -> e);
            table.configMap(found);
            table.adopt(found); // it came, and was not seen: decide anew with it
            throw e;
        }
    }

    BatchRecord write(BatchRecord record) throws ClusterException, InterruptedException {
        String name = names.record(record);
        Map<String, Integer> bytes =
                table.record(name).map(row -> row.view().itemBytes()).orElse(Map.of());
        long live = record.entries().stream()
                .filter(Entry::isLive)
                .mapToLong(entry -> bytes.getOrDefault(RecordManifest.itemKey(entry.index()), 0))
                .sum();
        String patch;
        try {
            patch = new RecordManifest(names).patch(record, live);
        } catch (RecordTooLargeException e) {
            if (record.isEnded()) {
                throw e;
            }
            throw new ClusterException(
                    Kind.PASSING, e.getMessage() + " It is written when more of its items have ended.", e);
        }
        return take(api.patchConfigMap(name, patch));
    }

    /** @throws RecordTooLargeException when nothing was written, since fewer records must be merged */
    void merge(BatchRecord merged, List<BatchRecord> replaced, Owner.State owner)
            throws ClusterException, InterruptedException {
        boolean known = table.record(names.record(merged))
                .filter(row -> holdsAll(row.view().record(), replaced))
                .isPresent();
        if (!known) {
            create(merged, replaced, owner);
        }
        delete(replaced.stream().filter(record -> !record.merged()).toList(), Keys.KIND_RECORD);
        delete(replaced.stream().filter(BatchRecord::merged).toList(), Keys.KIND_MERGED);
        // Which of them have gone only the watch can tell: not those that a person has just changed.
    }

    private void create(BatchRecord merged, List<BatchRecord> replaced, Owner.State owner)
            throws ClusterException, InterruptedException {
        ConfigMap manifest = new RecordManifest(names).merged(merged, owner.reference());
        try {
            take(api.create("configmaps", manifest));
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            ConfigMap found = api.configMap(manifest.getMetadata().getName()).orElseThrow(() -> e);
            table.configMap(found);
            if (RecordManifest.read(found)
                    .filter(record -> holdsAll(record, replaced))
                    .isEmpty()) {
                throw e;
            }
        }
    }

    private static boolean holdsAll(BatchRecord merged, List<BatchRecord> replaced) {
        Set<List<Integer>> held = merged.entries().stream().map(Records::key).collect(Collectors.toSet());
        return replaced.stream()
                .flatMap(record -> record.entries().stream())
                .allMatch(entry -> held.contains(key(entry)));
    }

    private static List<Integer> key(Entry entry) {
        return List.of(entry.batch(), entry.index());
    }

    /**
     * Only what is still as it was merged. A record in which a person just asked for a retry has another state; one in
     * which somebody had asked before is deleted by its version.
     */
    private void delete(List<BatchRecord> all, String kind) throws ClusterException, InterruptedException {
        for (BatchRecord record : all) {
            if (record.isToBeRetried()) {
                deleteAsIs(record);
            }
        }
        List<BatchRecord> records =
                all.stream().filter(record -> !record.isToBeRetried()).toList();
        Map<String, String> labels = new HashMap<>(names.labels());
        labels.put(Keys.KIND, kind);
        labels.put(Keys.STATE, "ended");
        List<String> numbers = new ArrayList<>(records.stream()
                .map(record -> Integer.toString(record.number()))
                .collect(Collectors.toSet()));
        for (int i = 0; i < numbers.size(); i += AT_ONCE) {
            api.deleteAll(ConfigMap.class, labels, numbers.subList(i, Math.min(numbers.size(), i + AT_ONCE)));
        }
    }

    private void deleteAsIs(BatchRecord record) throws ClusterException, InterruptedException {
        try {
            api.delete(new ObjectReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName(names.record(record))
                    .withResourceVersion(record.version())
                    .build());
        } catch (ClusterException e) {
            if (e.kind() != Kind.CONFLICT && e.kind() != Kind.GONE) {
                throw e;
            }
        }
    }

    private BatchRecord take(ConfigMap written) throws ClusterException {
        table.configMap(written);
        String version = written.getMetadata().getResourceVersion();
        Optional<BatchRecord> known = table.record(written.getMetadata().getName())
                .map(row -> row.view().record())
                .filter(record -> record.version().equals(version));
        return known.isPresent() ? known.get() : RecordManifest.read(written).orElseThrow();
    }
}
