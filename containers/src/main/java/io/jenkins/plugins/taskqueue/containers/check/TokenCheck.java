package io.jenkins.plugins.taskqueue.containers.check;

/** Whether an ambassador that is asked with a token refuses those who have none. */
final class TokenCheck {
    private TokenCheck() {}

    static Finding check(Subject subject) throws InterruptedException {
        var probe = subject.probe();
        if (probe.settings().token().isEmpty()) {
            return Rule.TOKEN.absent("It is asked without a token.");
        }
        var reply = probe.withoutToken().get(probe.list());
        return reply.status() == 401 || reply.status() == 403
                ? Rule.TOKEN.holds("Without the token it answers " + reply.status() + ".")
                : Rule.TOKEN.advice(reply + " without the token, too: answer 401, else the token keeps nobody out.");
    }
}
