package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.Report;
import io.vae4j.experiments.sweep.Sweep;
import io.vae4j.experiments.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page of one run or of a sweep, or a page that compares several runs. */
@Command(
        name = "report",
        description =
                "Writes report.html of a run or of a sweep anew, with a sweep's tables, or a page that compares several"
                        + " runs.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "run folders, or the folder of one sweep")
    private List<Path> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the page that compares several runs; default comparison.html")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (runs.size() == 1 && out.isPresent()) {
            throw new InvalidInput(
                    "--out is for a page that compares several runs", "report", "leave it out for one run");
        }
        OptionChecks.file(out);
        Path page = out.orElse(Path.of("comparison.html"));
        if (runs.size() == 1) {
            requireWritable(runs.get(0));
            page = SweepFolder.isSweep(runs.get(0)) ? Sweep.writeResults(runs.get(0)) : Report.write(runs.get(0));
        } else {
            runs.forEach(ReportCommand::requireRun);
            Report.compare(runs, page);
        }
        spec.commandLine().getOut().println(page);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void requireRun(Path folder) {
        if (SweepFolder.isSweep(folder)) {
            throw new InvalidInput(
                    "this is a sweep, whose page compares its runs already",
                    folder.toString(),
                    "give it alone, or folders of its runs");
        }
    }

    /** The page goes into the folder that it is of. */
    private static void requireWritable(Path run) {
        if (Files.isDirectory(run) && !Files.isWritable(run)) {
            throw new InvalidInput(
                    "this folder cannot be written", run.toString(), "make it writable, or copy the run elsewhere");
        }
    }
}
