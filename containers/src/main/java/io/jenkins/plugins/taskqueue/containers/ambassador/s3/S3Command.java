package io.jenkins.plugins.taskqueue.containers.ambassador.s3;

import io.jenkins.plugins.taskqueue.containers.ambassador.Glob;
import io.jenkins.plugins.taskqueue.containers.ambassador.ServerOptions;
import io.jenkins.plugins.taskqueue.containers.s3.S3Location;
import io.jenkins.plugins.taskqueue.containers.s3.S3Options;
import io.jenkins.plugins.taskqueue.engine.status.Spans;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Command(
        name = "s3",
        description = {
            "Lists the objects of a bucket as items, of Amazon S3 or any store that speaks as it does; an item's data is its"
                    + " bucket, key, size, ETag and time.",
        },
        footer = {"", "Example: taskqueue ambassador s3 s3://videos/2026 --endpoint http://minio:9000 --glob '**/*.mp4'"
        },
        mixinStandardHelpOptions = true)
public final class S3Command implements Callable<Integer> {
    /** Signatures end then (Amazon S3 User Guide, "Sharing objects with presigned URLs"). */
    private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);

    @Parameters(
            paramLabel = "s3://BUCKET[/FOLDER]",
            description = "The bucket, or a folder in it. Keys that end in a slash are no items.")
    private String location;

    @Option(
            names = "--glob",
            defaultValue = "**",
            description = "Which keys below the folder, such as '**/*.mp4'. Default: all")
    private String glob;

    @Option(
            names = "--presign",
            paramLabel = "DURATION",
            description = "Add a URL to the data by which the worker reads the object without credentials, for so long,"
                    + " at most 7d. The URL is stored in the cluster beside the item. Default: none")
    private String presign;

    @Mixin
    private S3Options store;

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        S3Items items;
        try {
            items = new S3Items(store.client(), S3Location.of(location), new Glob(glob), urls(), store.describe());
        } catch (IllegalArgumentException | SdkException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        var commandLine = spec.commandLine();
        return server.serve(items, commandLine.getOut(), commandLine.getErr());
    }

    private UnaryOperator<String> urls() {
        if (presign == null) {
            return key -> "";
        }
        var duration = Spans.parse(presign);
        if (duration.isZero() || duration.compareTo(LONGEST_PRESIGNED) > 0) {
            throw new IllegalArgumentException("--presign " + presign + ": a URL can be good for 1s to 7d.");
        }
        if (store.anonymous()) {
            throw new IllegalArgumentException("--presign needs credentials to sign with: leave --anonymous out.");
        }
        var bucket = S3Location.of(location).bucket();
        S3Presigner presigner = store.presigner();
        return key -> presigner
                .presignGetObject(request -> request.signatureDuration(duration)
                        .getObjectRequest(object -> object.bucket(bucket).key(key)))
                .url()
                .toExternalForm();
    }
}
