package io.jenkins.plugins.taskqueue.engine.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved, and beside it a steady one, which no jump moves. */
public final class SettableClock implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant steady = Instant.EPOCH;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
        steady = steady.plus(by);
    }

    /** Somebody sets the clock, forwards or backwards: no time passes. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    public InstantSource steady() {
        return () -> {
            synchronized (this) {
                return steady;
            }
        };
    }
}
