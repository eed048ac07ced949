package io.vae4j.experiments.cli;

import io.vae4j.experiments.sweep.SweepProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of the runs that are under way, redrawn in its place, on a terminal; a line for each event everywhere. */
final class ConsoleSweepProgress implements SweepProgress {

    private static final int WIDTH = 100;
    private static final int BAR = 24;

    private final PrintWriter err;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private int atFirst = -1;
    private int shown;

    private ConsoleSweepProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static SweepProgress on(PrintWriter err) {
        // the launcher knows whether standard error is a terminal; Java 17 cannot ask
        return new ConsoleSweepProgress(err, Boolean.getBoolean("vae4j.terminal"));
    }

    @Override
    public synchronized void tell(String line) {
        clear();
        err.println(line);
        err.flush();
    }

    @Override
    public synchronized void stands(Snapshot snapshot) {
        if (atFirst < 0) {
            atFirst = snapshot.done();
        }
        if (terminal) {
            clear();
            List<String> lines = lines(snapshot);
            lines.forEach(line -> err.println(line.length() <= WIDTH ? line : line.substring(0, WIDTH)));
            shown = snapshot.running().isEmpty() ? 0 : lines.size();
            err.flush();
        }
    }

    private void clear() {
        if (shown > 0) {
            // up so many lines, and all below is cleared
            err.printf("\u001b[%dA\u001b[J", shown);
            shown = 0;
        }
    }

    private List<String> lines(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(snapshot.reached() + " runs have got somewhere, " + snapshot.failed() + " failed; "
                + snapshot.done()
                + (snapshot.most().isPresent()
                        ? " of at most " + snapshot.most().getAsInt()
                        : "")
                + " epochs" + remaining(snapshot));
        snapshot.best().ifPresent(best -> lines.add("best so far: " + best));
        for (Running run : snapshot.running()) {
            int filled = Math.min(BAR, BAR * run.epochs() / Math.max(1, run.until()));
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-28s [%s%s] epoch %d/%d  %s  %s",
                    run.name(),
                    "=".repeat(filled),
                    " ".repeat(BAR - filled),
                    run.epochs(),
                    run.until(),
                    run.on(),
                    written(run.seconds())));
        }
        return lines;
    }

    private String remaining(Snapshot snapshot) {
        double rate = (snapshot.done() - atFirst) / ((System.nanoTime() - began) / 1e9);
        return rate > 0 && snapshot.most().isPresent()
                ? ", " + written((snapshot.most().getAsInt() - snapshot.done()) / rate) + " left at most"
                : "";
    }

    private static String written(double seconds) {
        Duration span = Duration.ofSeconds(Math.round(seconds));
        return span.toHours() > 0
                ? String.format(Locale.ROOT, "%d h %02d min", span.toHours(), span.toMinutesPart())
                : String.format(Locale.ROOT, "%d:%02d", span.toMinutes(), span.toSecondsPart());
    }
}
