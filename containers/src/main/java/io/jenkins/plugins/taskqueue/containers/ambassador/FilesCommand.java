package io.jenkins.plugins.taskqueue.containers.ambassador;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "files",
        description = "Lists the files under a directory as items; an item's data is its path, size and time.",
        mixinStandardHelpOptions = true)
final class FilesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The directory, such as a mounted network drive.")
    private Path directory;

    @Option(
            names = "--glob",
            defaultValue = "**",
            description = "Which files, such as '**/*.mp4'. Hidden ones and *.part never are. Default: all")
    private String glob;

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description =
                    "Files and folders to leave out, such as 'private' or '**/tmp'; a folder with all in it. May be"
                            + " repeated. lost+found of the volume always is.")
    private List<String> exclude = List.of();

    @Mixin
    private ServerOptions server;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        FilesItems items;
        try {
            items = new FilesItems(directory, glob, exclude);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        var commandLine = spec.commandLine();
        return server.serve(items, commandLine.getOut(), commandLine.getErr());
    }
}
