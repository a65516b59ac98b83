package io.jenkins.plugins.taskqueue.containers.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputLocationTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"url": "https://h/a.jpg"}              | ''          | https://h/a.jpg
            {"url": "s3://b/a.jpg"}                 | s3://b      | s3://b/a.jpg
            {"bucket": "b", "key": "x/a.jpg"}       | ''          | s3://b/x/a.jpg
            {"path": "a b/ä.jpg"}                   | http://h/v1 | http://h/v1/a%20b/%C3%A4.jpg
            {"path": "a.jpg"}                       | s3://b/in   | s3://b/in/a.jpg
            {"path": "/videos/a.jpg"}               | ''          | /videos/a.jpg
            {"url": "http://h/v1/a", "path": "b"}   | http://h/v1 | http://h/v1/a
            """)
    void dataSaysWhereTheInputIs(String data, String from, String location) throws Exception {
        assertThat(InputLocation.of(item(data), from).text()).isEqualTo(location);
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"url": "http://other/v1/a"}              | http://h/v1
            {"url": "https://h/v1/a"}                 | http://h/v1
            {"url": "http://h:81/v1/a"}               | http://h/v1
            {"url": "http://h/v11/a"}                 | http://h/v1
            {"url": "http://h/v1/../secret"}          | http://h/v1
            {"url": "http://h/v1/%2e%2e/secret"}      | http://h/v1
            {"url": "http://h/v1/a//../../b"}         | http://h/v1
            {"url": "http://h/v1/..%5c..%5csecret"}   | http://h/v1
            {"url": "http://h@other/v1/a"}            | http://h/v1
            {"url": "http://h/a"}                     | s3://b
            {"url": "s3://bb/a"}                      | s3://b
            {"bucket": "other", "key": "a"}           | s3://b
            {"bucket": "b", "key": "in/../a"}         | s3://b/in
            {"path": "../a"}                          | s3://b/in
            {"path": "/etc/passwd"}                   | s3://b
            {"path": "/etc/passwd"}                   | http://h/v1
            """)
    void whatIsElsewhereIsRefused(String data, String from) {
        assertThatThrownBy(() -> InputLocation.of(item(data), from))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("is not below " + from);
    }

    @Test
    void aPathOrALinkThatLeadsOutOfTheDirectoryIsRefused() throws Exception {
        Path inside = Files.createDirectory(directory.resolve("in"));
        Path secret = Files.createFile(directory.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("link"), secret);
        Files.createFile(inside.resolve("a"));

        assertThat(InputLocation.of(item("{\"path\": \"a\"}"), inside.toString())
                        .text())
                .isEqualTo(inside + "/a");
        // What is opened is what was looked at, and no link that may lead elsewhere by then.
        Files.createSymbolicLink(inside.resolve("within"), inside.resolve("a"));
        assertThat(InputLocation.of(item("{\"path\": \"within\"}"), inside.toString())
                        .text())
                .isEqualTo(inside.toRealPath() + "/a");
        for (String path : new String[] {"../secret", "link", secret.toString()}) {
            assertThatThrownBy(() -> InputLocation.of(item("{\"path\": \"" + path + "\"}"), inside.toString()))
                    .hasMessageContaining("is not below");
        }
    }

    @Test
    void anObjectIsABucketAndAKeyAsItIs() throws Exception {
        var object = InputLocation.of(item("{\"bucket\": \"b\", \"key\": \"/a//ä%2F\"}"), "")
                .object();
        assertThat(object.bucket()).isEqualTo("b");
        assertThat(object.prefix()).isEqualTo("/a//ä%2F");
        for (String url : new String[] {"s3://", "s3:///a", "s3://b", "s3://b/"}) {
            assertThatThrownBy(() -> new InputLocation(url).object()).hasMessageContaining("names no object");
        }
    }

    @Test
    void dataWithoutAnInputIsASentence() {
        assertThatThrownBy(() -> InputLocation.of(item("{\"size\": 3}"), ""))
                .hasMessage("The data of item \"a\" names no input: it needs the field url, path, or bucket and key.");
        assertThatThrownBy(() -> InputLocation.of(item("{\"path\": \"x\"}"), ""))
                .hasMessageContaining("is relative");
    }

    private static WorkItem item(String data) throws Exception {
        return new WorkItem("a", new ObjectMapper().readTree(data), null, null);
    }
}
