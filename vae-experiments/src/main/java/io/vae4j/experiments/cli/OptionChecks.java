package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What options may say. */
final class OptionChecks {

    /** Of importance samples for one example: what more would tell is beyond what numbers of 32 bits hold. */
    static final long MOST_SAMPLES = 1_000_000_000;

    private OptionChecks() {}

    /** Before work of minutes whose result is to go there. */
    static void folder(Path out) {
        Path nearest = out.toAbsolutePath();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new InvalidInput(
                    "this is a file",
                    nearest.normalize().toString(),
                    "give a run's folder, or --out one that can be made");
        }
        if (!Files.isWritable(nearest)) {
            throw new InvalidInput(
                    "this folder cannot be written", nearest.normalize().toString(), "give --out another");
        }
    }

    /** Before work whose result is to be written to this file. */
    static void file(Optional<Path> out) {
        out.filter(Files::isDirectory).ifPresent(path -> {
            throw new InvalidInput("this is a folder", path.toString(), "give --out a file");
        });
    }

    static void between(String option, long least, long most, long value, String command) {
        atLeast(option, least, value, command);
        if (value > most) {
            throw new InvalidInput(option + " is " + value, command, "give " + most + " or less");
        }
    }

    static void atLeast(String option, long least, long value, String command) {
        if (value < least) {
            throw new InvalidInput(option + " is " + value, command, "give " + least + " or more");
        }
    }
}
