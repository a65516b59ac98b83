package io.jenkins.plugins.taskqueue.containers.check;

/** How an ambassador keeps a rule. */
public enum Verdict {
    HOLDS,
    BROKEN,
    /** The rule is kept, and something else is better done another way. */
    ADVICE,
    /** The rule is of something that an ambassador need not do, and this one does not. */
    ABSENT,
    /** It can't be tried while another rule is broken, or with these items. */
    UNTRIED
}
