import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the engine's unit tests, or the fixed worlds of ChaosTest, until the first test fails; ends with 1 and its name
 * then, else with 0 and the number of tests that passed. Started by scripts/mutants.
 */
public final class Tests {
    private static final String ENGINE = "io.jenkins.plugins.taskqueue.engine";
    private static final String CHAOS = ".*\\.ChaosTest";

    private Tests() {}

    public static void main(String[] arguments) {
        boolean chaos = arguments[0].equals("chaos");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(ENGINE))
                .filters(
                        ClassNameFilter.includeClassNamePatterns(chaos ? CHAOS : ".*Test"),
                        ClassNameFilter.excludeClassNamePatterns(chaos ? "nothing" : CHAOS + "|.*RulesPageTest"),
                        TagFilter.excludeTags("cluster", "apiserver", "browser", "stores", "deploy"))
                .configurationParameters(Map.of("junit.jupiter.execution.parallel.enabled", "false"))
                .build();
        int[] passed = {0};
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    System.out.println("killed by " + name(test));
                    System.out.flush();
                    Runtime.getRuntime().halt(1);
                }
                passed[0] += test.isTest() ? 1 : 0;
            }
        });
        System.out.println("passed " + passed[0]);
        System.out.flush();
        Runtime.getRuntime().halt(passed[0] > 0 ? 0 : 2); // no test at all proves nothing
    }

    private static String name(TestIdentifier test) {
        String id = test.getUniqueId();
        return id.replaceAll(".*class:" + ENGINE + "\\.", "").replaceAll("\\]/\\[(method|test-template):", ".").replaceAll("[(\\]].*", "");
    }
}
