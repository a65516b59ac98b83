package io.jenkins.plugins.taskqueue;

import hudson.Util;
import java.util.regex.Pattern;

/** What Kubernetes takes as names, so that nothing that an administrator types becomes another part of a URL. */
final class KubernetesNames {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile("(/?[A-Za-z0-9._~-]+)*/?");

    private KubernetesNames() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isPort(String text) {
        return isName(text) && (!text.matches("\\d+") || text.length() <= 5 && isPort(Integer.parseInt(text)));
    }

    static boolean isPort(int number) {
        return number >= 1 && number <= 65535;
    }

    static boolean isPath(String text) {
        return PATH.matcher(Util.fixNull(text)).matches() && !Util.fixNull(text).contains("..");
    }

    /** A URL's path with a slash before it; empty for none. */
    static String path(String text) {
        String path = Util.fixNull(text);
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
