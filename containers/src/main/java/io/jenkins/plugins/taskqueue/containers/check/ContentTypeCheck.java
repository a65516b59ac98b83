package io.jenkins.plugins.taskqueue.containers.check;

import java.util.Locale;

/** What an answer says that it is; a queue does not look at it, and people's tools do. */
final class ContentTypeCheck {
    private ContentTypeCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var names = subject.walk().names();
        var list = subject.walk().first();
        var item = names.isEmpty() ? list : subject.probe().get(subject.probe().item(names.get(0)));
        for (var reply : new Reply[] {list, item}) {
            var type = reply.header("Content-Type")
                    .toLowerCase(Locale.ROOT)
                    .replace(" ", "")
                    .replace("\"", "");
            if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
                return Rule.CONTENT_TYPE.advice(reply.url() + " has "
                        + (type.isEmpty() ? "no Content-Type" : "the Content-Type " + type)
                        + ": let it be application/json, which is always UTF-8.");
            }
        }
        return Rule.CONTENT_TYPE.holds("Answers are application/json.");
    }
}
