package io.jenkins.plugins.taskqueue.containers.web;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the page is served.
 *
 * @param address port 0 takes any free one
 * @param names what it may be called by, beside its address
 */
public record PageAddress(InetSocketAddress address, List<String> names) {
    public PageAddress {
        names = List.copyOf(names);
    }
}
