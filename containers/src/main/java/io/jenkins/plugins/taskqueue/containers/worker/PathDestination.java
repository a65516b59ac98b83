package io.jenkins.plugins.taskqueue.containers.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A directory, such as a mounted network drive. An item's folder gets its name when all that is in it was written. */
record PathDestination(Path root) implements Destination {

    @Override
    public String store(Manifest manifest) throws WorkerException {
        String name = Destination.folder(manifest.item());
        Path folder = root.resolve(name);
        Path part = root.resolve(".part-" + name);
        Path old = root.resolve(".old-" + name);
        try {
            if (!Files.isDirectory(root)) {
                throw new WorkerException(
                        "The outputs can't be stored: there is no directory " + root + ". Is the volume mounted?");
            }
            Scratch.deleteAll(part);
            Scratch.deleteAll(old);
            Files.createDirectory(part);
            for (OutputFile file : manifest.files()) {
                copy(file, part.resolve(file.name()));
            }
            Files.write(part.resolve(Manifest.NAME), manifest.json());
            if (Files.exists(folder)) {
                Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            Scratch.deleteAll(old);
            return folder.toString();
        } catch (IOException e) {
            throw new WorkerException("The outputs could not be stored in " + folder + ": " + e + ".", e);
        }
    }

    private static void copy(OutputFile file, Path target) throws IOException, WorkerException {
        Files.createDirectories(target.getParent());
        Files.copy(file.path(), target);
        String stored = Checksum.of(target);
        if (!stored.equals(file.sha256())) {
            throw new WorkerException(target + " has another checksum (" + stored + ") than " + file.path() + " ("
                    + file.sha256() + "): it was changed meanwhile, or the drive lost something.");
        }
    }
}
