package io.jenkins.plugins.taskqueue.engine.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/** The uids of the last objects that are known to be deleted, so that a late answer does not bring one back. */
final class Tombstones {
    private static final int MOST = 10_000;

    private final Map<String, Boolean> uids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    void add(String uid) {
        uids.put(uid, Boolean.TRUE);
    }

    boolean contains(String uid) {
        return uids.containsKey(uid);
    }
}
