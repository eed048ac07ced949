package io.vae4j.experiments.fuzz;

import io.vae4j.experiments.fuzz.MeasuredReader.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command by hand: fuzzes readers one after the other and prints what came of it, a row for each. */
public final class FuzzReaders {

    private FuzzReaders() {}

    /** @param arguments how many inputs for each, a folder for what is written, and names of readers; none for all */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long inputs = Long.parseLong(arguments[0]);
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        List<FuzzedReader> readers = new ArrayList<>();
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            readers.add(FuzzedReaders.named(name));
        }
        if (readers.isEmpty()) {
            readers.addAll(FuzzedReaders.all());
        }
        System.out.println(
                "| reader | inputs | accepted | refused | edges | paths | slowest, ms | most allocated, MiB | findings |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (FuzzedReader reader : readers) {
            fuzz(reader, inputs, folder.resolve(reader.name()));
        }
        System.exit(0); // the engine's threads would keep the process
    }

    private static void fuzz(FuzzedReader reader, long inputs, Path folder) throws IOException, InterruptedException {
        FuzzingProcess.Outcome outcome = new FuzzingProcess(List.of(reader), inputs, 1, folder).run();
        for (Tally tally : outcome.tallies()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %d |%n",
                    tally.reader(),
                    tally.accepted() + tally.refused(),
                    tally.accepted(),
                    tally.refused(),
                    outcome.edges(),
                    outcome.paths(),
                    tally.slowest(),
                    tally.mostAllocated() >> 20,
                    outcome.findings().size());
        }
        outcome.findings().forEach(finding -> System.out.println("  " + finding));
    }
}
