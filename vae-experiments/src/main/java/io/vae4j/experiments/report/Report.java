package io.vae4j.experiments.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.run.RunContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes pages for people out of run folders. Each page is one file: no script, and no request to anywhere. */
public final class Report {

    /** The name of the page of a run, or of a sweep, in its folder. */
    public static final String NAME = "report.html";

    /** Compiled with this class: a run needs no compiler. */
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Report.class.getClassLoader(), Report.class.getPackageName());

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
        RunContents contents = RunContents.read(run);
        Path page = run.resolve(NAME);
        write("run.jte", RunPage.of(contents, Pictures.of(contents)), page);
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
        List<ComparedRun> read = new ArrayList<>();
        for (Path run : runs) {
            read.add(ComparedRun.read(run));
        }
        write("comparison.jte", ComparisonPage.of(read), out);
    }

    /**
     * Writes the page of a sweep into its folder, replacing an older one atomically.
     *
     * @param result what came out, as far as it goes
     * @param folder of the sweep, in which its runs are
     * @return the page
     * @throws IOException if the disk refuses
     */
    public static Path sweep(SweepResult result, Path folder) throws IOException {
        Path page = folder.resolve(NAME);
        write("sweep.jte", SweepPage.of(result, folder), page);
        return page;
    }

    private static void write(String template, Object view, Path file) throws IOException {
        StringOutput page = new StringOutput();
        TEMPLATES.render(template, view, page);
        String legal = page.toString()
                .codePoints()
                .map(Report::legal)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        AtomicFiles.replace(file, legal.getBytes(StandardCharsets.UTF_8));
    }

    /** What XML does not allow, such as control characters, HTML does not allow either; a template escapes the rest. */
    private static int legal(int character) {
        if (character >= ' ' && character < Character.MIN_SURROGATE) {
            return character; // nearly all
        }
        boolean space = character == '\t' || character == '\n' || character == '\r';
        boolean beyond = character > Character.MAX_SURROGATE && character != '\uFFFE' && character != '\uFFFF';
        return space || beyond ? character : '\uFFFD';
    }
}
