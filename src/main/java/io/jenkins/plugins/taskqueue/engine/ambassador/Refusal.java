package io.jenkins.plugins.taskqueue.engine.ambassador;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** An answer with another status than the one that was hoped for, as a sentence. */
record Refusal(URI url, int status, HttpHeaders headers, boolean tokenSent, boolean quoting) {
    /** A source that asks for more patience is asked sooner. */
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final int MESSAGE = 300;

    SourceException exception(InputStream body, Clock clock) {
        String sentence = "The source " + Requests.shown(url) + " answered " + status + (quoting ? message(body) : "")
                + ": " + advice();
        if (status == 413 || status == 414 || status == 422) {
            return SourceException.permanent(sentence);
        }
        return retryAfter(clock)
                .map(wait -> SourceException.busy(sentence, wait))
                .orElseGet(() -> SourceException.passing(sentence, null));
    }

    private String advice() {
        if (status >= 300 && status < 400 && status != 304) {
            String to = headers.firstValue("Location")
                    .filter(location -> quoting)
                    .map(location -> " (to " + ItemNames.shown(location) + ")")
                    .orElse("");
            return "redirects are not followed" + to + ", give the final URL as the source's.";
        }
        return switch (status) {
            case 401 ->
                tokenSent
                        ? "it does not accept the token, give it a valid one."
                        : "it wants a token, and the source is set up without one.";
            case 403 -> tokenSent ? "the token lacks the right to this." : "it is forbidden without a token.";
            case 404 -> "there is no ambassador, check that its base URL is what comes before \"items\".";
            case 413, 422 -> "it refuses this request for good.";
            case 414 -> "the name is too long for it or for a proxy before it.";
            case 429, 503 -> "it is busy or not ready, it is asked again.";
            default ->
                status >= 500
                        ? "it has a fault of its own, see its log; it is asked again."
                        : "it does not understand this request, check the URL and the ambassador.";
        };
    }

    private Optional<Duration> retryAfter(Clock clock) {
        if (status != 429 && status != 503) {
            return Optional.empty();
        }
        return headers.firstValue("Retry-After")
                .flatMap(value -> {
                    try {
                        Duration wait = value.matches("\\d{1,9}")
                                ? Duration.ofSeconds(Long.parseLong(value))
                                : Duration.between(clock.instant(), date(value).toInstant());
                        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
                    } catch (DateTimeException e) {
                        return Optional.<Duration>empty();
                    }
                })
                .filter(wait -> !wait.isNegative() && !wait.isZero());
    }

    private static ZonedDateTime date(String value) {
        return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    /** The answer's own words: where it is a JSON object, its field "message". */
    private String message(InputStream body) {
        try (JsonParser parser = Json.parser(body)) {
            Json.startObject(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && field.equals("message")) {
                    return " (" + ItemNames.shown(masked(parser.getText()), MESSAGE) + ")";
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // An error page says nothing that the status does not.
        }
        return "";
    }

    /** It may repeat what it was asked with. */
    private String masked(String words) {
        String query = url.getRawQuery();
        String token = query == null ? "" : query.substring(query.indexOf('=') + 1);
        return token.isEmpty() ? words : words.replace(token, "…").replace(PercentEncoding.decode(token), "…");
    }
}
