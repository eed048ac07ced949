package io.vae4j.experiments.cli;

import io.vae4j.experiments.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            defaultValue = "comparison.html",
            description = "the page that compares several runs; default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path page = out;
        if (runs.size() == 1) {
            page = Report.write(runs.get(0));
        } else {
            Report.compare(runs, out);
        }
        spec.commandLine().getOut().println(page);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
