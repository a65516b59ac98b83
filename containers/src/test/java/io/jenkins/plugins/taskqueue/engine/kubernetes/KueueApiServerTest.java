package io.jenkins.plugins.taskqueue.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.jenkins.plugins.taskqueue.engine.Engine;
import io.jenkins.plugins.taskqueue.engine.ItemState;
import io.jenkins.plugins.taskqueue.engine.QueueManager;
import io.jenkins.plugins.taskqueue.engine.QueueSpec;
import io.jenkins.plugins.taskqueue.engine.SteadyClock;
import io.jenkins.plugins.taskqueue.engine.ambassador.ItemsSource;
import io.jenkins.plugins.taskqueue.engine.status.ItemStatus;
import io.jenkins.plugins.taskqueue.engine.worker.WorkerSpec;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A queue whose Jobs somebody else admits. */
@Tag("apiserver")
@Execution(ExecutionMode.CONCURRENT)
@Order(1) // it waits longest
class KueueApiServerTest {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
    private TestNamespace namespace;
    private QueueManager manager;

    @BeforeEach
    void open() throws Exception {
        namespace = new TestNamespace();
    }

    @AfterEach
    void close() {
        if (manager != null) {
            manager.close();
        }
        threads.shutdownNow();
        namespace
                .admin
                .scheduling()
                .v1()
                .priorityClasses()
                .withName(namespace.name)
                .delete();
        namespace.close();
    }

    @Test
    void itemsRunWhenAndWhereKueueAdmitsTheirJobsAndStopWhenItTakesThemBack() throws Exception {
        var kueue = new KueueDouble(namespace);
        start(List.of("a", "b"));
        await().atMost(TestQueue.LONG).until(() -> namespace.jobs().size() == 2 && suspensionIsTold());
        assertThat(namespace.jobs()).allMatch(job -> job.getSpec().getSuspend());
        assertThat(namespace.jobs()).allMatch(job -> job.getStatus().getStartTime() == null);
        assertThat(namespace.pods()).isEmpty();
        String job = jobOf("a");
        assertThat(item("a").message())
                .isEqualTo("The Job " + job + " waits for Kueue's queue \"team-a\" to admit it.");

        kueue.admit(job, "1h");
        await().atMost(TestQueue.LONG).until(() -> item("a").state() == ItemState.RUNNING);
        assertThat(namespace.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.getSpec().getNodeSelector()).containsEntry("type", "kwok");
            assertThat(pod.getSpec().getTolerations()).anyMatch(one -> "spot".equals(one.getKey()));
            assertThat(pod.getMetadata().getLabels()).containsEntry("task-queue-test/flavor", "spot");
            assertThat(pod.getSpec().getPriorityClassName()).isEqualTo(namespace.name);
            assertThat(pod.getSpec().getPriority()).isEqualTo(-7);
        });
        await().atMost(TestQueue.LONG)
                .until(() -> Integer.valueOf(1).equals(job(job).getStatus().getActive()));

        kueue.evict(job);
        await().atMost(TestQueue.LONG).until(() -> item("a").reason().equals("Suspended") && !isActive(job));
        assertThat(item("a").state()).isEqualTo(ItemState.STARTING);
        assertThat(namespace.pods()).allMatch(pod -> pod.getStatus().getPhase().equals("Failed"));

        kueue.admit(job, "100ms");
        kueue.admit(jobOf("b"), "100ms");
        assertThat(manager.awaitEnd(TestQueue.LONG)).isTrue();
        assertThat(manager.status().count(ItemState.SUCCEEDED)).isEqualTo(2);
        assertThat(item("a").attempts()).isEqualTo(2);
        assertThat(item("b").attempts()).isEqualTo(1);
    }

    @Test
    void priorityClassThatIsNotThereIsNamedBeforeAnythingIsClaimed() {
        QueueSpec spec = QueueSpec.builder(
                        "videos",
                        WorkerSpec.builder(TestQueue.IMAGE)
                                .priorityClass("no-such-class")
                                .build())
                .build();

        assertThatThrownBy(() -> new TestQueue(namespace.client(), namespace.name, spec).open())
                .hasMessageContaining("no PriorityClass with name no-such-class");
    }

    private void start(List<String> items) {
        namespace
                .admin
                .resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(namespace.name)
                        .endMetadata()
                        .withValue(-7)
                        .build())
                .create();
        WorkerSpec worker = WorkerSpec.builder(TestQueue.IMAGE)
                .priorityClass(namespace.name)
                .build();
        QueueSpec spec = QueueSpec.builder("videos", worker)
                .kueueQueue("team-a")
                .parallelism(2)
                .disruptionRetries(0)
                .build();
        var connection = new KubernetesConnection(
                namespace::client, namespace.name, KubernetesSettings.DEFAULT, Clock.systemUTC());
        var cluster = new KubernetesCluster(connection, spec);
        manager = new QueueManager(
                spec,
                ItemsSource.of(items),
                cluster,
                null,
                new Engine(Clock.systemUTC(), new SteadyClock(), threads, threads, threads, event -> {}));
        manager.start();
    }

    private boolean suspensionIsTold() {
        return namespace.jobs().stream()
                .allMatch(job -> job.getStatus().getConditions().stream()
                        .map(JobCondition::getType)
                        .anyMatch("Suspended"::equals));
    }

    private boolean isActive(String name) {
        Integer active = job(name).getStatus().getActive();
        return active != null && active > 0;
    }

    private ItemStatus item(String name) {
        return manager.status().items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String jobOf(String item) {
        return namespace.jobs().stream()
                .filter(job ->
                        job.getMetadata().getName().endsWith("-" + item(item).batch()))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getName();
    }

    private Job job(String name) {
        return namespace.job(name).get();
    }
}
