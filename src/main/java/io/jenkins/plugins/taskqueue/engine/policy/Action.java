package io.jenkins.plugins.taskqueue.engine.policy;

import io.jenkins.plugins.taskqueue.engine.PodView;
import io.jenkins.plugins.taskqueue.engine.record.Attempts;
import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import io.jenkins.plugins.taskqueue.engine.record.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing to do. Each can be done again, by this manager or another, without harm. */
public sealed interface Action {

    /** Two actions with the same key are never carried out at the same time. */
    String key();

    /**
     * Fetch the items' data and claim them, in as many batches as they need, and ask for the batches' Jobs.
     *
     * @param number of the first batch
     * @param parallelism what the number of items was decided by
     */
    record Claim(int number, List<Situation.Candidate> items, int parallelism) implements Action {
        public static final String KEY = "claim";

        @Override
        public String key() {
            return KEY;
        }
    }

    /** Claim a batch of items that a person cancelled before any batch held them: nothing of it is started. */
    record ClaimCancelled(int number, List<Situation.Candidate> items) implements Action {
        @Override
        public String key() {
            return Claim.KEY;
        }
    }

    /** See to it that the record of the last number that was taken is there, or can't come any more. */
    record Settle() implements Action {
        @Override
        public String key() {
            return Claim.KEY;
        }
    }

    /** Create the Job. */
    record StartJob(BatchRecord record) implements Action {
        @Override
        public String key() {
            return "job " + record.number();
        }
    }

    /** Create one pod. */
    record StartPod(BatchRecord record, int index, int attempt) implements Action {
        @Override
        public String key() {
            return key(record.number(), index);
        }

        static String key(int batch, int index) {
            return "pod " + batch + " " + index;
        }
    }

    /** Stop a pod whose Job is suspended. */
    record StopPod(PodView pod) implements Action {
        @Override
        public String key() {
            return "stop " + pod.name();
        }
    }

    /** Read a pod anew, before its item is failed by what is known of it. */
    record Look(PodView pod) implements Action {
        @Override
        public String key() {
            return "look " + pod.name();
        }
    }

    /** Ask whether anything new would still be taken, since somebody deletes what is there. */
    record Probe() implements Action {
        @Override
        public String key() {
            return "probe";
        }
    }

    /** Take the log of an ended pod in hand. */
    record KeepLog(PodView pod, String item) implements Action {
        @Override
        public String key() {
            return "log " + pod.name();
        }
    }

    /** Write into the record how items have ended, and which attempts of items that go on are over; by index. */
    record WriteOutcomes(BatchRecord record, Map<Integer, Outcome> outcomes, Map<Integer, Attempts> counted)
            implements Action {
        @Override
        public String key() {
            return "write " + record.number();
        }
    }

    /** Let go of pods whose items have their outcome, in a batch that is still live. */
    record Release(BatchRecord record, List<PodView> pods) implements Action {
        @Override
        public String key() {
            return "release " + record.number();
        }
    }

    /** Write the Job's status. */
    record Report(BatchRecord record, List<PodView> pods, String digest) implements Action {
        @Override
        public String key() {
            return "report " + record.number();
        }
    }

    /**
     * Clear an ended batch away: pods, finalizers, Job.
     *
     * @param awaited whether somebody waits for the Job's last status, which is written before
     */
    record Finish(BatchRecord record, List<PodView> pods, boolean hasJob, boolean awaited) implements Action {
        @Override
        public String key() {
            return "finish " + record.number();
        }
    }

    /** Remove what an earlier queue of this name has left, and the Jobs and pods that no record tells of. */
    record Sweep(Set<Integer> jobs, List<PodView> pods) implements Action {
        @Override
        public String key() {
            return "sweep";
        }
    }

    /** Merge old records into one. */
    record Merge(BatchRecord merged, List<BatchRecord> replaced) implements Action {
        @Override
        public String key() {
            return "merge";
        }
    }

    /** Take entries out of a merged record whose items the source was told of and has forgotten. */
    record Forget(BatchRecord record, Set<String> items) implements Action {
        @Override
        public String key() {
            return "forget " + record.number();
        }
    }

    /**
     * Tell the source how items have ended, one after the other.
     *
     * @param lane an item is always in the same one, so that it is never told twice at the same time
     */
    record Tell(int lane, List<Situation.Untold> items) implements Action {
        static final String KEY = "tell ";

        @Override
        public String key() {
            return key(lane);
        }

        static String key(int lane) {
            return KEY + lane;
        }
    }

    /** Say that the run has ended; of a queue without a name of its own, delete all objects. */
    record EndRun(boolean delete) implements Action {
        public static final String KEY = "end";

        @Override
        public String key() {
            return KEY;
        }
    }
}
