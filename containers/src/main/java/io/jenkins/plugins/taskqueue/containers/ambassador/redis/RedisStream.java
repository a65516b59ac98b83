package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import io.jenkins.plugins.taskqueue.containers.ambassador.Items;
import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import io.jenkins.plugins.taskqueue.containers.ambassador.Pages;
import io.jenkins.plugins.taskqueue.containers.ambassador.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The entries of a stream that its consumer group holds for one consumer. An item's name is the entry's id. Who holds an
 * entry, and that it is done, is in Redis alone: another ambassador with the same consumer goes on with what this one
 * held. Each listing renews the claim on them, so that an item may take as long as it likes.
 */
final class RedisStream implements Items {
    private static final String LIST = """
            local key, group, consumer = KEYS[1], ARGV[1], ARGV[2]
            local window, idle = tonumber(ARGV[3]), ARGV[4]
            if ARGV[5] == '1' then
              local made = redis.pcall('XGROUP', 'CREATE', key, group, '0', 'MKSTREAM')
              if type(made) == 'table' and made.err and not string.find(made.err, 'BUSYGROUP') then
                return made
              end
            end
            local ids, held = {}, redis.call('XPENDING', key, group, '-', '+', window, consumer)
            for from = 1, #held, 500 do
              local claim = {'XCLAIM', key, group, consumer, '0'}
              for i = from, math.min(from + 499, #held) do
                claim[#claim + 1] = held[i][1]
              end
              claim[#claim + 1] = 'JUSTID'
              for _, id in ipairs(redis.call(unpack(claim))) do
                ids[#ids + 1] = id
              end
            end
            local cursor = '0-0'
            while idle ~= '0' and #ids < window do
              local taken = redis.call('XAUTOCLAIM', key, group, consumer, idle, cursor,
                  'COUNT', math.min(500, window - #ids), 'JUSTID')
              for _, id in ipairs(taken[2]) do
                ids[#ids + 1] = id
              end
              cursor = taken[1]
              if cursor == '0-0' then break end
            end
            while #ids < window do
              local read = redis.call('XREADGROUP', 'GROUP', group, consumer,
                  'COUNT', math.min(10, window - #ids), 'STREAMS', key, '>')
              if not read then break end
              for _, entry in ipairs(read[1][2]) do
                ids[#ids + 1] = entry[1]
              end
            end
            return ids
            """;
    private static final String DATA = """
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1)
            if #pending == 0 or pending[1][2] ~= ARGV[2] then return false end
            local entry = redis.call('XRANGE', KEYS[1], ARGV[3], ARGV[3])
            return #entry > 0 and entry[1][2]
            """;
    private static final String DONE = """
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then return 0 end
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            if ARGV[3] == 'true' then redis.call('XDEL', KEYS[1], ARGV[2]) end
            return 1
            """;
    private static final String FAILED = """
            if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then return 0 end
            local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])
            local add = {'XADD', KEYS[2], '*', 'taskqueue.stream', KEYS[1], 'taskqueue.id', ARGV[2],
                'taskqueue.reason', ARGV[4]}
            for _, part in ipairs(#entry > 0 and entry[1][2] or {}) do
              add[#add + 1] = part
            end
            redis.call(unpack(add))
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            if ARGV[3] == 'true' then redis.call('XDEL', KEYS[1], ARGV[2]) end
            return 1
            """;

    private final RedisServer redis;
    private final Settings settings;
    private volatile boolean seen;

    /**
     * @param key of the stream
     * @param group the consumer group; created, from the first entry on, where there is none
     * @param consumer who holds the entries; the same for every ambassador of one queue
     * @param window the most entries held at once
     * @param takeOver entries that another consumer has held for so long without renewing that are taken over; zero: never
     * @param dead key of the stream of what failed
     * @param delete whether entries that are done or failed are deleted from the stream, too
     */
    record Settings(
            String key, String group, String consumer, int window, Duration takeOver, String dead, boolean delete) {}

    RedisStream(RedisServer redis, Settings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @Override
    public Page list(String token, int limit) throws ItemsException {
        var answer = redis.run(
                LIST,
                List.of(settings.key()),
                List.of(
                        settings.group(),
                        settings.consumer(),
                        String.valueOf(settings.window()),
                        String.valueOf(settings.takeOver().toMillis()),
                        seen ? "0" : "1"));
        // From now on a stream that is not there has been lost: an empty one in its place would be no news of it.
        seen = true;
        var names =
                RedisServer.texts(answer).stream().sorted(RedisServer::compare).toList();
        return Pages.of(names, RedisServer::compare, token, limit);
    }

    @Override
    public Optional<String> data(String name) throws ItemsException {
        if (!RedisServer.isName(name)) {
            return Optional.empty();
        }
        var fields = redis.run(DATA, List.of(settings.key()), List.of(settings.group(), settings.consumer(), name));
        return fields == null ? Optional.empty() : Optional.of(json((List<?>) fields));
    }

    private static String json(List<?> fields) {
        var json = new StringJoiner(",", "{", "}");
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            var name = (byte[]) fields.get(i);
            var field = Values.decoded(name).map(Values::quoted).orElseGet(() -> Values.quoted(Values.text(name)));
            json.add(field + ":" + Values.text((byte[]) fields.get(i + 1)));
        }
        return json.toString();
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public void done(String name) throws ItemsException {
        tell(name, DONE, List.of(settings.key()), "");
    }

    @Override
    public void failed(String name, String reason) throws ItemsException {
        tell(name, FAILED, List.of(settings.key(), settings.dead()), reason);
    }

    private void tell(String name, String script, List<String> keys, String reason) throws ItemsException {
        var arguments = List.of(settings.group(), name, String.valueOf(settings.delete()), reason);
        if (!RedisServer.isName(name) || !RedisServer.isOne(redis.run(script, keys, arguments))) {
            throw ItemsException.unknown("There is no entry " + name + " to be done in " + describe() + ".");
        }
    }

    @Override
    public String describe() {
        return "the stream " + settings.key() + " of " + redis;
    }

    @Override
    public void close() {
        redis.close();
    }
}
