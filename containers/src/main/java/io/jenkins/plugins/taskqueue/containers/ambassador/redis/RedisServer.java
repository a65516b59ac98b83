package io.jenkins.plugins.taskqueue.containers.ambassador.redis;

import io.jenkins.plugins.taskqueue.containers.ambassador.ItemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A connection to Redis that runs scripts: each is carried out as a whole or not at all, and only what is asked for comes
 * over the network. Makes a sentence of whatever goes wrong. Thread-safe.
 */
final class RedisServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final HostAndPort address;
    private final RedisClient client;

    /**
     * Connects when it is first asked.
     *
     * @param password takes the place of the URL's; may be null
     * @throws IllegalArgumentException with a sentence, where the URL is none of Redis
     */
    RedisServer(URI url, String password) {
        if (!JedisURIHelper.isValid(url)
                || !(JedisURIHelper.isRedisScheme(url) || JedisURIHelper.isRedisSSLScheme(url))) {
            throw new IllegalArgumentException(
                    "This is no URL of a Redis: give one such as redis://HOST:6379, or rediss:// for TLS.");
        }
        this.address = JedisURIHelper.getHostAndPort(url);
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(PATIENCE_MILLIS)
                .socketTimeoutMillis(PATIENCE_MILLIS)
                .user(JedisURIHelper.getUser(url))
                .password(password == null ? JedisURIHelper.getPassword(url) : password)
                .database(JedisURIHelper.getDBIndex(url))
                .sslOptions(JedisURIHelper.isRedisSSLScheme(url) ? SslOptions.defaults() : null)
                .build();
        this.client =
                RedisClient.builder().hostAndPort(address).clientConfig(config).build();
    }

    /** @return what the script returns: a list, bytes, a number, or null */
    Object run(String script, List<String> keys, List<String> arguments) throws ItemsException {
        try {
            return client.eval(bytes(script), bytes(keys), bytes(arguments));
        } catch (JedisDataException e) {
            throw ItemsException.unavailable(refusal(String.valueOf(e.getMessage())), e);
        } catch (JedisException e) {
            throw ItemsException.unavailable(
                    "Redis " + address + " can't be reached (" + cause(e)
                            + "): start it, or check the URL. What was listed is kept there.",
                    e);
        }
    }

    private String refusal(String message) {
        var word = message.split("[ ,]", 2)[0];
        var fact = "Redis " + address + " says: " + message.replaceAll(" script: [0-9a-f]+.*", "");
        return switch (word) {
            case "WRONGTYPE" -> fact + ". Give the key of what it is: --stream for a stream, --list for a list.";
            case "NOAUTH", "WRONGPASS" -> fact + " Give its user in the URL and its password as TASKQUEUE_PASSWORD.";
            case "NOPERM" -> fact + " Give its user the right to run scripts, and to their commands on these keys.";
            case "NOGROUP" ->
                "Redis " + address
                        + " has the stream or its consumer group no more, and there was one: bring its data back,"
                        + " or restart the ambassador if this is meant.";
            default -> fact;
        };
    }

    private static String cause(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(RedisServer::bytes).toList();
    }

    /** The names in a script's answer. */
    static List<String> texts(Object answer) {
        return ((List<?>) answer)
                .stream()
                        .map(text -> new String((byte[]) text, StandardCharsets.UTF_8))
                        .toList();
    }

    static boolean isOne(Object answer) {
        return Long.valueOf(1).equals(answer);
    }

    /** Orders names such as {@code 1700000000000-12}, by the first number and then by the second. */
    static int compare(String one, String other) {
        return Arrays.compareUnsigned(numbers(one), numbers(other));
    }

    private static long[] numbers(String name) {
        var dash = name.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("no name of an entry");
        }
        return new long[] {
            Long.parseUnsignedLong(name.substring(0, dash)), Long.parseUnsignedLong(name.substring(dash + 1))
        };
    }

    static boolean isName(String name) {
        return name.matches("[0-9]{1,19}-[0-9]{1,19}");
    }

    @Override
    public String toString() {
        return "Redis " + address;
    }

    @Override
    public void close() {
        client.close();
    }
}
