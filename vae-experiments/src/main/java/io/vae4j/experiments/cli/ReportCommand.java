package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.Report;
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

/** Writes the page of one run, or a page that compares several. */
@Command(
        name = "report",
        description = "Writes report.html of a run anew, or a page that compares several runs.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "run folders")
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
            page = Report.write(runs.get(0));
        } else {
            Report.compare(runs, page);
        }
        spec.commandLine().getOut().println(page);
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The page of a run goes into its folder. */
    private static void requireWritable(Path run) {
        if (Files.isDirectory(run) && !Files.isWritable(run)) {
            throw new InvalidInput(
                    "this folder cannot be written", run.toString(), "make it writable, or copy the run elsewhere");
        }
    }
}
