package io.vae4j.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Where a run goes when nobody says where: runs/RECIPE-TIMESTAMP-sSEED. */
final class RunName {

    private RunName() {}

    static Path of(String recipe, long seed) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
        Path wanted = Path.of("runs", recipe + "-" + time + "-s" + seed);
        Path free = wanted;
        for (int i = 2; Files.exists(free); i++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return free;
    }
}
