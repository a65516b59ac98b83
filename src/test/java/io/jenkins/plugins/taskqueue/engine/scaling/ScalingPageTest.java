package io.jenkins.plugins.taskqueue.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The figures and pictures of docs/scaling.md are those of the simulation. With {@code -Dtaskqueue.write=true} they are
 * written anew.
 */
class ScalingPageTest {
    private static final Path DOCS =
            Path.of(System.getProperty("taskqueue.home", ".")).resolve("docs");
    private static final String BEGIN = "<!-- the simulation's figures -->\n";
    private static final String END = "<!-- end -->\n";

    private final Map<Trace, Map<String, Simulation>> all = Comparison.all();

    @Test
    void thePageHasTheFiguresOfTheSimulation() throws IOException {
        Path file = DOCS.resolve("scaling.md");
        String page = Files.readString(file);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String now = page.substring(0, from) + Comparison.table(all) + page.substring(to);

        same(file, page, now);
    }

    @Test
    void thePicturesAreThoseOfTheSimulation() throws IOException {
        for (Trace trace : new Trace[] {Traces.step(), Traces.backlog(), Traces.day()}) {
            Path file = DOCS.resolve("images/scaling-" + trace.name().split(":")[0] + ".svg");
            String page = Files.exists(file) ? Files.readString(file) : "";

            same(file, page, Comparison.picture(trace, all.get(trace)));
        }
    }

    private static void same(Path file, String written, String now) throws IOException {
        if (Boolean.getBoolean("taskqueue.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        } else {
            assertThat(written)
                    .as(file.getFileName() + ": write it anew with -Dtaskqueue.write=true")
                    .isEqualTo(now);
        }
    }
}
