package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A namespace in which somebody has made as many and as large ConfigMaps with our label as can be. */
class ListedPagesTest {
    private static final int MAPS = 60;
    private static final String LARGE = "x".repeat(1_000_000);

    @Test
    void aPageThatWouldFillTheMemoryIsAskedForAgainSmaller() throws Exception {
        List<String> names = new ArrayList<>();
        try (var server = new PlayedServer(ListedPagesTest::answer)) {
            List<Integer> pages = new ArrayList<>();
            String version = server.api().<ConfigMap>list(ConfigMap.class, Map.of(), page -> {
                pages.add(page.size());
                page.stream().map(HasMetadata::getMetadata).forEach(meta -> names.add(meta.getName()));
            });

            assertThat(version).isEqualTo("41");
            assertThat(pages).allMatch(size -> size * LARGE.length() < Transport.MOST_BYTES);
        }
        assertThat(names).hasSize(MAPS).doesNotHaveDuplicates();
    }

    private static void answer(String asked, PlayedServer.Out out) throws IOException {
        int from = number("continue=(\\d+)", asked);
        int to = Math.min(MAPS, from + number("limit=(\\d+)", asked));
        out.begin(200);
        String next = to < MAPS ? ",\"continue\":\"" + to + "\"" : "";
        out.send("{\"metadata\":{\"resourceVersion\":\"41\"" + next + "},\"items\":[");
        for (int i = from; i < to; i++) {
            out.send((i == from ? "" : ",") + "{\"metadata\":{\"name\":\"m" + i + "\"},\"data\":{\"x\":\"" + LARGE
                    + "\"}}");
        }
        out.send("]}");
    }

    private static int number(String pattern, String asked) {
        Matcher found = Pattern.compile(pattern).matcher(asked);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
