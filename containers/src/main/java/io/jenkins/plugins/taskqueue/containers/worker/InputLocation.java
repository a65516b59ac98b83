package io.jenkins.plugins.taskqueue.containers.worker;

import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Where an item's input is: what its data says, held within what the worker's owner allows. The data is not trusted.
 *
 * @param text an s3:// or http(s):// URL, or a path
 */
record InputLocation(String text) {
    /**
     * @param from the place below which inputs may be, and to which relative ones belong; empty for anywhere
     * @throws WorkerException where the data names none, or one that is elsewhere
     */
    static InputLocation of(WorkItem item, String from) throws WorkerException {
        InputLocation location = new InputLocation(named(item, from));
        if (location.isPath() && location.text.matches("(?s)\\w[\\w+.-]*://.*")) {
            throw new WorkerException("The input " + location.shown()
                    + " is of a kind that is not fetched here: give an" + " http, https or s3 URL, or a path.");
        }
        if (from.isEmpty()) {
            return location;
        }
        if (!location.isBelow(from)) {
            throw new WorkerException("The input " + location.shown() + " of item \"" + item.name() + "\" is not below "
                    + new InputLocation(from).shown() + ", to which --from holds it.");
        }
        // What is opened is what was looked at.
        return location.isPath() ? new InputLocation(location.real().toString()) : location;
    }

    /** For people: a query may sign the URL, and who has that may read what it signs. */
    String shown() {
        if (!text.contains("://") || isS3()) {
            return text;
        }
        return text.replaceFirst("://[^/]*@", "://").replaceFirst("[?#].*", "?…");
    }

    private static String named(WorkItem item, String from) throws WorkerException {
        if (!item.text("url").isEmpty()) {
            return item.text("url");
        }
        if (!item.text("bucket").isEmpty() && !item.text("key").isEmpty()) {
            return new S3Location(item.text("bucket"), item.text("key")).toString();
        }
        String path = item.text("path");
        if (path.isEmpty()) {
            throw new WorkerException("The data of item \"" + item.name()
                    + "\" names no input: it needs the field url, path, or bucket and key.");
        }
        if (path.startsWith("/")) {
            return path;
        }
        if (from.isEmpty()) {
            throw new WorkerException(
                    "The path " + path + " of item \"" + item.name() + "\" is relative: say with --from to what.");
        }
        return new InputLocation(from).isHttp() ? folder(from) + encoded(path) : folder(from) + path;
    }

    private static String encoded(String path) throws WorkerException {
        try {
            return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new WorkerException("The path " + path + " can't be part of a URL: " + e.getReason(), e);
        }
    }

    private static String folder(String text) {
        return text.endsWith("/") ? text : text + "/";
    }

    boolean isS3() {
        return text.startsWith(S3Location.SCHEME);
    }

    /**
     * The bucket, and as the prefix the whole key.
     *
     * @throws WorkerException where there is no key
     */
    S3Location object() throws WorkerException {
        int slash = text.indexOf('/', S3Location.SCHEME.length());
        if (slash <= S3Location.SCHEME.length() || slash == text.length() - 1) {
            throw new WorkerException("The input " + shown() + " names no object: it is s3://BUCKET/KEY.");
        }
        return new S3Location(text.substring(S3Location.SCHEME.length(), slash), text.substring(slash + 1));
    }

    private boolean isPath() {
        return !isS3() && !isHttp();
    }

    private Path real() throws WorkerException {
        try {
            // a link may lead elsewhere
            return Path.of(text).toRealPath();
        } catch (IOException e) {
            throw new WorkerException("The input " + shown() + " can't be read: " + e + ". Is the volume mounted?", e);
        }
    }

    boolean isHttp() {
        return text.matches("(?is)https?://.*");
    }

    /** @throws WorkerException where it is no URL */
    URI url() throws WorkerException {
        try {
            URI url = new URI(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new WorkerException("The input " + shown() + " is no URL: " + e.getReason() + ".", e);
        }
        throw new WorkerException("The input " + shown() + " names no host.");
    }

    private boolean isBelow(String from) throws WorkerException {
        InputLocation place = new InputLocation(from);
        if (isS3() || place.isS3()) {
            // A key may have such a part; a store that keeps files, or something before it, may take it for a step up.
            return text.startsWith(folder(from)) && !("/" + text + "/").contains("/../");
        }
        if (isHttp() || place.isHttp()) {
            return isHttp() && place.isHttp() && isBelow(url(), new InputLocation(folder(from)).url());
        }
        return real().startsWith(place.real());
    }

    private static boolean isBelow(URI url, URI folder) {
        String path = url.getPath();
        return url.getScheme().equalsIgnoreCase(folder.getScheme())
                && url.getHost().equalsIgnoreCase(folder.getHost())
                && url.getPort() == folder.getPort()
                && url.getUserInfo() == null
                && path.startsWith(folder.getPath())
                && !("/" + path + "/").contains("/../")
                && path.indexOf('\\') < 0;
    }
}
