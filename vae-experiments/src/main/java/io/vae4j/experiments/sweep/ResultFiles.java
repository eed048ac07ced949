package io.vae4j.experiments.sweep;

import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.report.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The files that tell what came out of a sweep: two tables for programs, and a page for people. */
final class ResultFiles {

    /** Tables that change more often than this cost more than they tell. */
    private static final long NANOS_BETWEEN = 10_000_000_000L;

    private final SweepPlan plan;
    private final Path folder;
    private long written = System.nanoTime();
    private boolean isBehind;

    /** @param folder of the sweep */
    ResultFiles(SweepPlan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** Something happened that the tables do not tell yet. */
    void changed() {
        isBehind = true;
    }

    /** Writes the tables anew, if they are behind and were not written just now. */
    void keepUp(SweepState state) throws IOException {
        if (isBehind && System.nanoTime() - written >= NANOS_BETWEEN) {
            tables(state);
        }
    }

    private void tables(SweepState state) throws IOException {
        CsvTables tables =
                new CsvTables(plan.spec().vary().keySet(), plan.spec().goal(), ResultOfState.settings(plan, state));
        write("results.csv", tables.runs());
        write("settings.csv", tables.settingsTable());
        written = System.nanoTime();
        isBehind = false;
    }

    private void write(String name, String content) throws IOException {
        AtomicFiles.replace(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes all of them, by the whole journal.
     *
     * @return the page
     */
    static Path writeAll(Path folder) throws IOException {
        SweepPlan plan = SweepFolder.plan(folder);
        List<Event> events = new Journal(folder).events();
        SweepState state = new SweepState(plan, plan.epochs(), events);
        new ResultFiles(plan, folder).tables(state);
        return Report.sweep(ResultOfState.of(plan, state, CourseOfEvents.of(plan, events), folder), folder);
    }
}
