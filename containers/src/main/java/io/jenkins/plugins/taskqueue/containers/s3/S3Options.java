package io.jenkins.plugins.taskqueue.containers.s3;

import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Which store, and as whom: the options of whatever talks to S3. */
public final class S3Options {
    /** Together shorter than the 60 s that a queue waits for an answer. */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    /** For how long nothing may come of an object, or be taken of one, before it is given up. */
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST_TRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    /** Where a store says its bucket is. */
    enum Addressing {
        PATH,
        VIRTUAL
    }

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The URL of an S3-compatible store, such as http://minio:9000. Default: Amazon's")
    private URI endpoint;

    @Option(
            names = "--region",
            description = "The region. Default: AWS_REGION, or that of the AWS profile, or us-east-1")
    private String region;

    @Option(
            names = "--addressing",
            paramLabel = "path|virtual",
            description = "Where the bucket stands in URLs: in the path, or before the host's name."
                    + " Default: path with --endpoint, else virtual")
    private Addressing addressing;

    @Option(
            names = "--anonymous",
            description = "Send no credentials, as for a public bucket. Default: those of AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, of a profile, of the Kubernetes ServiceAccount or of the machine")
    private boolean anonymous;

    /** What a sentence calls the store. */
    public String describe() {
        return endpoint == null ? "Amazon S3" : endpoint.toString();
    }

    /**
     * For small requests, which end within {@link #LONGEST_CALL}.
     *
     * @throws IllegalArgumentException with a sentence, where an option makes no sense
     */
    public S3Client client() {
        return builder(LONGEST_TRY)
                .overrideConfiguration(configuration ->
                        configuration.apiCallTimeout(LONGEST_CALL).apiCallAttemptTimeout(LONGEST_TRY))
                .build();
    }

    /**
     * For whole objects, which may take as long as they like.
     *
     * @throws IllegalArgumentException with a sentence, where an option makes no sense
     */
    public S3Client transfers() {
        return builder(LONGEST_SILENCE).build();
    }

    private S3ClientBuilder builder(Duration silence) {
        check();
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(LONGEST_CONNECT)
                        .socketTimeout(silence))
                .endpointOverride(endpoint)
                .region(region())
                // Amazon tells in which region a bucket is; other stores have one only.
                .crossRegionAccessEnabled(endpoint == null)
                .forcePathStyle(pathStyle())
                .credentialsProvider(credentials());
    }

    /** Makes URLs with a signature in them, without asking the store. */
    public S3Presigner presigner() {
        check();
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(region())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle())
                        .build())
                .credentialsProvider(credentials())
                .build();
    }

    public boolean anonymous() {
        return anonymous;
    }

    private void check() {
        if (endpoint != null && (endpoint.getHost() == null || !("" + endpoint.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException(
                    "--endpoint \"" + endpoint + "\" is no URL of a store: write it like http://minio:9000.");
        }
    }

    private boolean pathStyle() {
        return addressing == null ? endpoint != null : addressing == Addressing.PATH;
    }

    private AwsCredentialsProvider credentials() {
        return anonymous
                ? AnonymousCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    private Region region() {
        if (region != null) {
            return Region.of(region);
        }
        try {
            // The SDK's own chain asks the machine's metadata too, and waits for it where there is none.
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }
}
