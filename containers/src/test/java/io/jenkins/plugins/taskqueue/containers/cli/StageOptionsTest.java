package io.jenkins.plugins.taskqueue.containers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageOptionsTest {

    @Test
    void eachStageHasTheCommandThatFollowsIt() {
        assertThat(StageArguments.of(
                        List.of("a=x", "b=y"),
                        List.of("scale", "--to", "0.5", "--stage", "c=z", "--stage=d=w", "--", "--", "sh")))
                .containsExactly(
                        new StageArguments("a=x", List.of()),
                        new StageArguments("b=y", List.of("scale", "--to", "0.5")),
                        new StageArguments("c=z", List.of()),
                        new StageArguments("d=w", List.of("--", "sh")));
    }

    @Test
    void anOptionAmongTheLaterStagesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StageArguments.of(List.of("a=x"), List.of("cmd", "--stage", "b=y", "--once")))
                .withMessageContaining("After --stage b=y comes \"--\"", "\"--once\"");
    }

    @Test
    void stagesOfACommandLineAreDoneInTheirOrder() throws Exception {
        try (ListSource source = new ListSource("a")) {
            CommandLineRun run = CommandLineRun.of(
                    "run",
                    "--local",
                    "--once",
                    "--source",
                    source.url(),
                    "--stage-env",
                    "two:SIZE=4",
                    "--stage",
                    "one",
                    "--",
                    "sh",
                    "-c",
                    "echo $WORK_ITEM > $WORK_DIR/x",
                    "--stage",
                    "two",
                    "--",
                    "sh",
                    "-c",
                    "echo from $(cat $WORK_DIR/x) $SIZE > $WORK_RESULT_FILE");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("from a 4");
        }
    }

    @Test
    void whatCanNotBeMeantIsASentence() {
        assertUsage("names no image", "--stage", "decode");
        assertUsage("Both stages and an image", "--image", "i", "--stage", "decode=x");
        assertUsage("can't be the name of a stage", "--stage", "De/code=x");
        assertUsage("begins with no stage's name", "--stage", "decode=x", "--stage-env", "encode:A=B");
        assertUsage("begins with no stage's name", "--image", "i", "--stage-env", "encode:A=B");
    }

    @Test
    void stagesMayBeAVariableWithOneInEachLine() {
        CommandLineRun run = CommandLineRun.with(
                Map.of("TASKQUEUE_STAGE", "decode=x\nen code=y"), "run", "--source", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("\"en code\" can't be the name of a stage");
    }

    private static void assertUsage(String sentence, String... more) {
        List<String> args = new ArrayList<>(List.of("run", "--source", "http://127.0.0.1:1"));
        args.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
    }
}
