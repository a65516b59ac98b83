package io.jenkins.plugins.taskqueue.containers.check;

/** What the source API, v1, asks of an ambassador. The names are what people and {@code --output json} read. */
public enum Rule {
    /** {@code GET items} is answered by 200 and an {@code ItemList}. */
    LIST,
    /** Names are unique, not empty, Unicode and not too long. */
    NAMES,
    /** A listing in pages comes to its end. */
    PAGES,
    /** The listing is small and quick enough for a queue to take it. */
    SIZE,
    /** With {@code limit} the pages together are the same listing. */
    LIMIT,
    ETAG,
    /** A listed item is answered by an {@code Item} with its data. */
    ITEM,
    /** Names that are percent-encoded in the path are understood. */
    ENCODING,
    /** An item that there is not is answered by 404. */
    UNKNOWN_ITEM,
    /** Several requests at once are answered. */
    CONCURRENCY,
    CONTENT_TYPE,
    TOKEN,
    ACKNOWLEDGES;

    Finding holds(String sentence) {
        return new Finding(this, Verdict.HOLDS, sentence);
    }

    Finding broken(String sentence) {
        return new Finding(this, Verdict.BROKEN, sentence);
    }

    Finding advice(String sentence) {
        return new Finding(this, Verdict.ADVICE, sentence);
    }

    Finding absent(String sentence) {
        return new Finding(this, Verdict.ABSENT, sentence);
    }

    Finding untried(String sentence) {
        return new Finding(this, Verdict.UNTRIED, sentence);
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
