package io.jenkins.plugins.taskqueue;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A bearer token that is looked up anew before it gets old: a queue may outlive it. Thread-safe. */
final class ClusterToken implements OAuthTokenProvider {
    private static final Logger LOGGER = Logger.getLogger(ClusterToken.class.getName());

    private final Callable<String> lookup;
    private final Duration life;
    private final InstantSource clock;
    private String token;
    private Instant until;

    ClusterToken(String first, Callable<String> lookup, Duration life, InstantSource clock) {
        this.token = first;
        this.lookup = lookup;
        this.life = life;
        this.clock = clock;
        this.until = clock.instant().plus(life);
    }

    @Override
    public synchronized String getToken() {
        if (!until.isAfter(clock.instant())) {
            try {
                token = lookup.call();
            } catch (Exception e) {
                LOGGER.log(Level.WARNING, "A cluster's token could not be looked up anew; the old one is used on", e);
            }
            until = clock.instant().plus(life);
        }
        return token;
    }
}
