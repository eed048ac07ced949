package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Writes lines at once: what a command tells on standard error, and what it answers on standard output. */
record Console(CommandSpec spec) {

    void tell(String line) {
        write(spec.commandLine().getErr(), line);
    }

    void answer(String line) {
        write(spec.commandLine().getOut(), line);
    }

    /** Writes the page of a run anew; one that cannot be made must not cost what was measured or drawn. */
    void tellReport(Path run) throws IOException {
        try {
            tell("wrote " + Report.write(run));
        } catch (InvalidInput e) {
            tell("no report: " + e.getMessage());
        }
    }

    private static void write(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
