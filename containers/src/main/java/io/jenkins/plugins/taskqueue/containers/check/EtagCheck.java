package io.jenkins.plugins.taskqueue.containers.check;

/** Whether an ETag tells a listing that is the same from one that is not (RFC 9110, sections 8.8.3 and 13.1.2). */
final class EtagCheck {
    /** One that no ambassador gave. */
    private static final String MADE_UP = "\"task-queue-check-of-an-etag-that-was-never-given\"";

    private EtagCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var etag = subject.walk().first().header("ETag");
        if (etag.isEmpty()) {
            return Rule.ETAG.absent("There is no ETag, and there need not be one.");
        } else if (subject.walk().pages() > 1) {
            return Rule.ETAG.absent("The listing has pages: a queue does not use its ETag.");
        }
        var url = subject.probe().list();
        var other = subject.probe().get(url, "If-None-Match", MADE_UP);
        if (other.status() == 304) {
            return Rule.ETAG.broken(other
                    + " to an ETag that it never gave: answer 200 with the listing, else a queue sees no new item.");
        }
        var same = subject.probe().get(url, "If-None-Match", etag);
        if (same.status() == 304) {
            return Rule.ETAG.holds("The same listing is answered by 304.");
        } else if (!same.isOk()) {
            return Rule.ETAG.broken(same + " to its own ETag: answer 304, or 200 with the listing.");
        } else if (same.header("ETag").equals(etag)) {
            return Rule.ETAG.broken(same + " with the whole listing to its own ETag: answer 304 without a body.");
        }
        return Rule.ETAG.advice(
                url + " gave another ETag at each request: make it from the listing's content, or leave it out.");
    }
}
