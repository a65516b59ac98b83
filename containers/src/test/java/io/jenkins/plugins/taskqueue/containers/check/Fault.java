package io.jenkins.plugins.taskqueue.containers.check;

/** What an ambassador may do wrong, and the rule that it breaks. */
enum Fault {
    REDIRECT(Rule.LIST),
    CUT_OFF(Rule.LIST),
    OTHER_KIND(Rule.LIST),
    NO_API_VERSION(Rule.LIST),
    NUMBERS_FOR_NAMES(Rule.LIST),
    NAME_TWICE(Rule.NAMES),
    EMPTY_NAME(Rule.NAMES),
    SAME_CONTINUE_FOR_EVER(Rule.PAGES),
    LIMIT_WITHOUT_CONTINUE(Rule.LIMIT),
    PAGES_SKIP_AN_ITEM(Rule.LIMIT),
    MORE_THAN_THE_LIMIT(Rule.LIMIT),
    ALWAYS_NOT_MODIFIED(Rule.ETAG),
    NEVER_NOT_MODIFIED(Rule.ETAG),
    ITEM_OF_ANOTHER_KIND(Rule.ITEM),
    DATA_TOO_LARGE(Rule.ITEM),
    LISTED_BUT_NOT_FOUND(Rule.ITEM),
    PATH_DECODED_TOO_EARLY(Rule.ENCODING),
    PLUS_TAKEN_FOR_SPACE(Rule.ENCODING),
    FAULT_AT_ODD_NAMES(Rule.ENCODING),
    EVERY_NAME_IS_AN_ITEM(Rule.UNKNOWN_ITEM),
    ONE_AT_A_TIME(Rule.CONCURRENCY),
    DONE_IS_STILL_LISTED(Rule.ACKNOWLEDGES),
    DONE_TWICE_IS_AN_ERROR(Rule.ACKNOWLEDGES),
    DOES_NOT_SAY_THAT_IT_ACKNOWLEDGES(Rule.ACKNOWLEDGES);

    final Rule rule;

    Fault(Rule rule) {
        this.rule = rule;
    }
}
