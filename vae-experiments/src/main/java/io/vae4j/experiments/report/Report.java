package io.vae4j.experiments.report;

import io.vae4j.experiments.run.RunContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes pages for people out of run folders. Each page is one file: no script, and no request to anywhere. */
public final class Report {

    /** The name of a run's page in its folder. */
    public static final String NAME = "report.html";

    private Report() {}

    /**
     * Writes the page of one run into its folder, replacing an older one atomically.
     *
     * @param run the run folder, shown as far as it goes
     * @return the page
     * @throws io.vae4j.experiments.InvalidInput if there is no run in the folder, or a file in it is garbled
     * @throws IOException if the disk refuses
     */
    public static Path write(Path run) throws IOException {
        RunContents read = RunContents.read(run);
        List<Markup> content = new ArrayList<>();
        Pictures pictures = Pictures.of(read);
        List<String> notes =
                Stream.concat(read.notes().stream(), pictures.notes().stream()).toList();
        content.add(Headline.of(read));
        if (!notes.isEmpty()) {
            content.add(Page.notes(notes));
        }
        if (!read.history().all().isEmpty()) {
            content.add(ResultTable.section(read));
        }
        read.evaluation().map(EvaluationSection::of).ifPresent(content::add);
        Curves.of(read).ifPresent(content::add);
        Gallery.reconstructions(pictures).ifPresent(content::add);
        Gallery.samples(pictures).ifPresent(content::add);
        content.add(Origin.section(read));
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
        List<RunContents> read = new ArrayList<>();
        for (Path run : runs) {
            read.add(RunContents.read(run));
        }
        List<Pictures> pictures = new ArrayList<>();
        for (RunContents run : read) {
            pictures.add(Pictures.of(run));
        }
        new Page("Comparison of runs", Comparison.of(read, pictures)).write(out);
    }
}
