package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What configuration-as-code.yaml says, built and looked at. */
final class SampleConfiguration {
    private SampleConfiguration() {}

    static void set(TaskQueueConfiguration configuration) {
        ClusterConfig far = new ClusterConfig("far");
        far.setServerUrl("https://kubernetes.example.com:6443");
        far.setServerCertificate("-----BEGIN CERTIFICATE-----");
        far.setCredentialsId("far-token");
        far.setNamespace("media");
        far.setLimit(200);
        far.setJobs("media/**\nnightly");
        far.setSharingJobs("media/**");
        far.setNamespaces("team-*\nother");
        far.setServiceAccounts("puller");
        far.setSecrets("store");
        far.setPodYaml(true);
        configuration.setClusters(List.of(new ClusterConfig("near"), far));
        configuration.setAmbassadors(List.of(videos(), songs(), books()));
    }

    private static AmbassadorConfig videos() {
        UrlLocation url = new UrlLocation("https://videos.example.com/api/v1");
        url.setCredentialsId("videos-token");
        AmbassadorConfig videos = new AmbassadorConfig("videos", url);
        videos.setPollSeconds(30);
        videos.setTimeoutSeconds(20);
        videos.setListMebibytes(8);
        videos.setJobs("media/*");
        return videos;
    }

    private static AmbassadorConfig songs() {
        ServiceLocation service = new ServiceLocation("media", "songs");
        service.setPort("api");
        service.setHttps(true);
        service.setPath("/api/v1");
        return new AmbassadorConfig("songs", service);
    }

    private static AmbassadorConfig books() {
        ImageLocation image = new ImageLocation("acme/books:1");
        image.setPort(9000);
        image.setPath("api");
        image.setArgs("--deep\n--from=/books");
        image.setPodYaml("spec: {nodeSelector: {disk: ssd}}");
        return new AmbassadorConfig("books", image);
    }

    static void assertIsIn(TaskQueueConfiguration configuration) {
        TaskQueueConfiguration expected = new Unsaved();
        set(expected);
        assertThat(configuration.getClusters()).usingRecursiveComparison().isEqualTo(expected.getClusters());
        assertThat(configuration.getAmbassadors()).usingRecursiveComparison().isEqualTo(expected.getAmbassadors());
    }

    private static final class Unsaved extends TaskQueueConfiguration {
        @Override
        public synchronized void load() {}

        @Override
        public synchronized void save() {}
    }
}
