package io.vae4j.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes pages for people out of run folders. Each page is one file: no script, and no request to anywhere. */
public final class Report {

    /** The name of a run's page in its folder. */
    public static final String NAME = "report.html";

    private Report() {}

    /**
     * Writes the page of one run into its folder, replacing an older one atomically.
     *
     * @param run the run folder; metrics.jsonl must be there, all else is shown as far as it is
     * @return the page
     * @throws io.vae4j.experiments.InvalidInput if the folder or its metrics.jsonl is missing, or a file in it is
     *     garbled
     * @throws IOException if the disk refuses
     */
    public static Path write(Path run) throws IOException {
        Run read = Run.read(run);
        List<Markup> content = new ArrayList<>();
        content.add(Headline.of(read));
        if (!read.notes().isEmpty()) {
            content.add(Page.notes(read.notes()));
        }
        content.add(ResultTable.section(read));
        read.evaluation().map(Evaluated::section).ifPresent(content::add);
        Curves.of(read).ifPresent(content::add);
        Gallery.reconstructions(read).ifPresent(content::add);
        Gallery.samples(read).ifPresent(content::add);
        content.add(Facts.section(read));
        Path page = run.resolve(NAME);
        new Page(read.recipeName() + ", " + read.name(), content).write(page);
        return page;
    }

    /**
     * Writes one page that sets several runs side by side.
     *
     * @param runs the run folders, in the order in which they are shown
     * @param out the page
     * @throws io.vae4j.experiments.InvalidInput if there is no run, or as for {@link #write}
     * @throws IOException if the disk refuses
     */
    public static void compare(List<Path> runs, Path out) throws IOException {
        List<Run> read = new ArrayList<>();
        for (Path run : runs) {
            read.add(Run.read(run));
        }
        new Page("Comparison of runs", Comparison.of(read)).write(out);
    }
}
