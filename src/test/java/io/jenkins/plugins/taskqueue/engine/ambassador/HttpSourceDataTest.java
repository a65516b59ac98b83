package io.jenkins.plugins.taskqueue.engine.ambassador;

import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.item;
import static io.jenkins.plugins.taskqueue.engine.ambassador.TestServer.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.taskqueue.engine.Listing;
import io.jenkins.plugins.taskqueue.engine.SourceException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceDataTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "true",
                "0",
                "-12345678901234567890.12345678901234567890e+99999",
                "\"a,\\\"}] \\ud83d\\ude00 😀\"",
                "[1,[2,{\"a\":[]}],\"]\"]",
                "{ \"b\" : 1.10,\n \"a\": {\"kind\":\"ItemList\"}, \"a\": 0.0 }"
            })
    void dataIsKeptAsItWasSent(String data) throws Exception {
        for (var body : new String[] {
            item(data),
            "{\"data\":" + data + ",\"kind\":\"Item\",\"apiVersion\":\"v1\"}",
            "\ufeff{ \"x\":[] ,\"data\" :\n " + data + "\t \n,  \"kind\":\"Item\",\"apiVersion\":\"v1\"}",
            "{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":" + data + "\r\n }\n"
        }) {
            try (var server = TestServer.of(body)) {
                assertThat(server.source().data("a")).as(body).hasValue(data);
            }
        }
    }

    @Test
    void dataOfManyLevelsAndLongNamesIsKept() throws Exception {
        String deep = "[".repeat(99_000) + "]".repeat(99_000);
        String longName = "{\"" + "n".repeat(200_000) + "\":1}";
        for (String data : new String[] {deep, longName}) {
            try (var server = TestServer.of(item(data))) {
                assertThat(server.source().data("a")).hasValue(data);
            }
        }
    }

    @Test
    void dataOfTooManyLevelsHasASentenceOfItsOwn() throws Exception {
        try (var server = TestServer.of(item("[".repeat(101_000) + "]".repeat(101_000)))) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().data("a"))
                    .withMessageContaining("gave data with more than 100,000 levels in each other: ");
        }
    }

    @Test
    void numberOfAnyLengthIsKept() throws Exception {
        try (var server = TestServer.of(item("1".repeat(50_000)))) {
            assertThat(server.source().data("a")).hasValue("1".repeat(50_000));
        }
    }

    @Test
    void itemWithoutDataHasAnEmptyObject() throws Exception {
        try (var server = TestServer.of("{\"kind\":\"Item\",\"apiVersion\":\"v1\"}")) {
            assertThat(server.source().data("a")).hasValue("{}");
        }
    }

    @Test
    void sampleThatAnswersEverythingWithItsListGivesEmptyData() throws Exception {
        try (var server = TestServer.of(list("\"a\",\"b\""))) {
            assertThat(server.source().list(Listing.NONE).names()).containsExactly("a", "b");
            assertThat(server.source().data("a")).hasValue("{}");
        }
    }

    @Test
    void listLargerThanAnItemGivesEmptyDataWhereverItsKindStands() throws Exception {
        var names = HttpSourceListTest.names(0, 100_000);
        for (var body : new String[] {list(names), "{\"items\":[" + names + "],\"kind\":\"ItemList\"}"}) {
            try (var server = TestServer.of(body)) {
                assertThat(server.source().data("a")).hasValue("{}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void unknownItemHasNone(int status) throws Exception {
        try (var server = new TestServer(exchange -> TestServer.send(exchange, status, "gone"))) {
            assertThat(server.source().data("a")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"a/b, a%2Fb", "., %2E", ".., %2E%2E", "a b?c#d, a%20b%3Fc%23d", "%2F, %252F", "é, %C3%A9"})
    void nameIsOneSegmentOfThePath(String name, String segment) throws Exception {
        try (var server = TestServer.of(item("1"))) {
            server.source().data(name);

            assertThat(server.requests()).containsExactly("/items/" + segment);
        }
    }

    @Test
    void dataOfExactlyTheLimitIsTaken() throws Exception {
        var data = '"' + "é".repeat(499) + '"';
        try (var server = TestServer.of(item(data))) {
            assertThat(HttpSource.over(server.settings().withItemBytes(1000)).data("a"))
                    .hasValue(data);
        }
    }

    static Stream<String> tooLarge() {
        return Stream.of(
                item('"' + "x".repeat(999) + '"'),
                item('"' + "é".repeat(500) + '"'),
                item("[" + "1,".repeat(500) + "1]"),
                item("1".repeat(1001)),
                item('"' + "x".repeat(3_000_000) + '"'),
                item("[" + "1,".repeat(3_000_000) + "1]"));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void dataOverTheLimitIsRefusedForGood(String body) {
        try (var server = TestServer.of(body)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> HttpSource.over(server.settings().withItemBytes(1000))
                            .data("a"))
                    .withMessageContaining(server.url() + "/items/a gave data of more than 1000 bytes")
                    .withMessageContaining("hold a reference")
                    .matches(SourceException::isPermanent, "permanent");
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("", "gave an empty answer"),
                Arguments.of("nope", "gave no valid JSON"),
                Arguments.of("{\"kind\":\"Item\",\"apiVersion\":\"v1\",\"data\":{\"a\":", "gave no valid JSON"),
                Arguments.of(item("{}") + "x", "gave no valid JSON"),
                Arguments.of("{\"data\":1}", "without \"kind\""),
                Arguments.of("{\"kind\":\"Item\"}", "without \"apiVersion\""),
                Arguments.of(item("1").replace("v1", "v9"), "apiVersion \"v9\""),
                Arguments.of(item("1").replace("Item", "Pod"), "kind \"Pod\" instead of \"Item\""));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void answerThatBreaksTheApiIsRefused(String body, String fact) {
        try (var server = TestServer.of(body)) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> server.source().data("a"))
                    .withMessageContaining(server.url() + "/items/a ")
                    .withMessageContaining(fact)
                    .matches(e -> !e.isPermanent(), "passing");
        }
    }
}
