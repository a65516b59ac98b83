package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.ambassador.Pages;
import io.jenkins.plugins.taskqueue.containers.ambassador.Values;
import java.util.List;
import java.util.Optional;

/**
 * The elements of a list, each moved into a hash beside it until it is done: a queue that loses nothing, whoever dies. An
 * item's name is made when it is moved, so that equal elements are two items.
 */
final class RedisList implements Items {
    /** The time that a script sees stands still, so that the second number tells what it moved apart. */
    private static final String LIST = """
            local taken, held = KEYS[2], redis.call('HLEN', KEYS[2])
            local time, number = redis.call('TIME'), 0
            local micros = time[1] .. string.format('%06d', time[2])
            while held < tonumber(ARGV[1]) do
              local element = redis.call(ARGV[2], KEYS[1])
              if not element then break end
              while redis.call('HSETNX', taken, micros .. '-' .. number, element) == 0 do
                number = number + 1
              end
              number = number + 1
              held = held + 1
            end
            return redis.call('HKEYS', taken)
            """;

    private static final String DATA = "return redis.call('HGET', KEYS[1], ARGV[1])";
    private static final String DONE = "return redis.call('HDEL', KEYS[1], ARGV[1])";
    private static final String FAILED = """
            local element = redis.call('HGET', KEYS[1], ARGV[1])
            if not element then return 0 end
            redis.call('LPUSH', KEYS[2], element)
            return redis.call('HDEL', KEYS[1], ARGV[1])
            """;

    private final RedisServer redis;
    private final Settings settings;
    private final String taken;

    /**
     * @param key of the list
     * @param end which end the elements are taken from
     * @param window the most elements that are in the hash at once
     * @param dead key of the list of what failed
     */
    record Settings(String key, End end, int window, String dead) {}

    /** An end of a list. */
    enum End {
        LEFT("LPOP"),
        RIGHT("RPOP");

        private final String command;

        End(String command) {
            this.command = command;
        }
    }

    RedisList(RedisServer redis, Settings settings) {
        this.redis = redis;
        this.settings = settings;
        this.taken = settings.key() + ":taskqueue";
    }

    @Override
    public Page list(String token, int limit) throws ItemsException {
        var answer = redis.run(
                LIST,
                List.of(settings.key(), taken),
                List.of(String.valueOf(settings.window()), settings.end().command));
        var names =
                RedisServer.texts(answer).stream().sorted(RedisServer::compare).toList();
        return Pages.of(names, RedisServer::compare, token, limit);
    }

    @Override
    public Optional<String> data(String name) throws ItemsException {
        return Optional.ofNullable((byte[]) redis.run(DATA, List.of(taken), List.of(name)))
                .map(Values::object);
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public void done(String name) throws ItemsException {
        tell(name, DONE);
    }

    @Override
    public void failed(String name, String reason) throws ItemsException {
        tell(name, FAILED);
    }

    private void tell(String name, String script) throws ItemsException {
        if (!RedisServer.isOne(redis.run(script, List.of(taken, settings.dead()), List.of(name)))) {
            throw ItemsException.unknown("There is no element " + name + " to be done in " + describe() + ".");
        }
    }

    @Override
    public String describe() {
        return "the list " + settings.key() + " of " + redis;
    }

    @Override
    public void close() {
        redis.close();
    }
}
