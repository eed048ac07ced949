package io.vae4j.experiments.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Writes lines at once: what a command tells on standard error, and what it answers on standard output. */
record Console(CommandSpec spec) {

    void tell(String line) {
        write(spec.commandLine().getErr(), line);
    }

    void answer(String line) {
        write(spec.commandLine().getOut(), line);
    }

    private static void write(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
