package io.jenkins.plugins.taskqueue.engine.worker;

/**
 * A taint that the worker's pods tolerate.
 *
 * @param key the taint's key; empty matches every key
 * @param value the taint's value; null: any value (operator {@code Exists})
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; empty matches every effect
 */
public record Toleration(String key, String value, String effect) {}
