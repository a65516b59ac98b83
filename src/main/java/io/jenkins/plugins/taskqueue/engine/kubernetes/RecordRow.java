package io.jenkins.plugins.taskqueue.engine.kubernetes;

import io.jenkins.plugins.taskqueue.engine.record.BatchRecord;
import java.util.Map;

/** A record with what the loop does not need to know of its ConfigMap. */
record RecordRow(BatchRecord record, Map<String, Integer> itemBytes) {}
