package io.vae4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The memory of the process while it trains: a leak of one array per step is hundreds of megabytes after 10,000.
 *
 * <p>How to run: {@code java -cp ... io.vae4j.benchmarks.Endurance [STEPS [WORKLOAD ...]]}, on Linux, with the class
 * path that the build leaves in target/benchmarks.classpath. Prints a line per tenth of the steps.
 */
public final class Endurance {

    private static final int PORTIONS = 10;

    private Endurance() {}

    /** Trains each workload for so many steps. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        int steps = words.isEmpty() ? 10_000 : Integer.parseInt(words.get(0));
        List<Workload> chosen = words.size() < 2
                ? List.of(Workload.values())
                : words.stream().skip(1).map(Workload::valueOf).toList();
        for (Workload workload : chosen) {
            endure(workload, steps);
        }
    }

    private static void endure(Workload workload, int steps) throws IOException {
        try (Workbench bench = new Workbench(workload.recipe())) {
            for (int step = 1; step <= steps; step++) {
                bench.step();
                if (step % Math.max(1, steps / PORTIONS) == 0) {
                    System.out.printf(
                            Locale.ROOT, "%s after %,d steps: %d MB%n", workload.title(), step, residentMegabytes());
                }
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        String kilobytes = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
        return Long.parseLong(kilobytes) / 1024;
    }
}
