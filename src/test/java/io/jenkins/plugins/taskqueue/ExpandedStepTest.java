package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

class ExpandedStepTest {
    private static String expand(String text) {
        return text.replace("$X", "seven");
    }

    private static TaskQueueStep step(String text, List<String> list, int number) throws ReflectiveOperationException {
        TaskQueueStep step = Pipelines.step(text);
        for (Method setter : setters()) {
            Class<?> type = setter.getParameterTypes()[0];
            boolean isText = type == String.class || setter.getName().equals("setMaxFailures");
            if (type == boolean.class) {
                setter.invoke(step, true);
                continue;
            }
            boolean isNumber = type == int.class || type == Integer.class;
            Object stages = type == List.class ? List.of(stage(text, list)) : null;
            setter.invoke(step, isText ? text : isNumber ? number : stages == null ? list : stages);
        }
        return step;
    }

    private static WorkerStage stage(String text, List<String> list) {
        WorkerStage stage = new WorkerStage(text, text);
        stage.setCommand(list);
        stage.setArgs(list);
        stage.setEnv(list);
        stage.setSecretEnv(list);
        return stage;
    }

    private static List<Method> setters() {
        return Arrays.stream(TaskQueueStep.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .toList();
    }

    @Test
    void everyTextIsExpandedAndEveryNumberKept() throws ReflectiveOperationException {
        TaskQueueStep step = step("a $X", List.of("N=$X", "M"), 3);

        TaskQueueStep wanted = step("a seven", List.of("N=seven", "M"), 3);
        wanted.setPodYaml("a $X");
        wanted.setOnFailure("a $X");
        assertThat(setters()).hasSizeGreaterThan(24);
        assertThat(ExpandedStep.of(step, ExpandedStepTest::expand))
                .usingRecursiveComparison()
                .isEqualTo(wanted);
    }

    @Test
    void whatIsNotSetStaysSo() {
        assertThat(ExpandedStep.of(Pipelines.step("image"), ExpandedStepTest::expand))
                .usingRecursiveComparison()
                .isEqualTo(Pipelines.step("image"));
    }

    @Test
    void dataOfItemsStaysAsItIs() {
        TaskQueueStep step = Pipelines.step("image");
        step.setItems(Map.of("$X", Map.of("size", "$X")));

        assertThat(ExpandedStep.of(step, ExpandedStepTest::expand).getItems())
                .isEqualTo(Map.of("$X", Map.of("size", "$X")));
    }
}
