package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Where a run goes when nobody says where: runs/RECIPE-TIMESTAMP-sSEED. */
final class RunName {

    private RunName() {}

    /** Makes the folder, so that runs that start in the same second get one each. */
    static Path claim(String recipe, long seed) {
        return claim(Path.of("runs"), recipe + "-" + now() + "-s" + seed);
    }

    /** The same for a sweep, in sweeps/NAME-TIMESTAMP. */
    static Path claimSweep(String name) {
        return claim(Path.of("sweeps"), name + "-" + now());
    }

    private static String now() {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    private static Path claim(Path runs, String wanted) {
        try {
            Files.createDirectories(runs);
            for (int i = 1; ; i++) {
                Path folder = runs.resolve(i == 1 ? wanted : wanted + "-" + i);
                if (claimed(folder)) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw new InvalidInput("no folder can be made: " + e, runs.toString(), "give --out a folder that can");
        }
    }

    private static boolean claimed(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
