package io.vae4j.experiments.report;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The content of a page on several runs: a table, the test curves laid over each other, and each run's last samples.
 */
final class Comparison {

    private static final List<String> HEADINGS = List.of(
            "Run", "Recipe", "Model", "Seed", "Epochs", "Test loss", "Bits/dim", "Reconstruction", "KL", "NLL", "Time");

    private final List<RunContents> runs;
    private final List<String> names;
    private final List<Pictures> pictures;

    private Comparison(List<RunContents> runs, List<Pictures> pictures) {
        this.runs = runs;
        this.pictures = pictures;
        this.names = distinct(runs.stream().map(RunContents::name).toList());
    }

    static List<Markup> of(List<RunContents> runs, List<Pictures> pictures) {
        if (runs.isEmpty()) {
            throw new InvalidInput("there is no run to compare", "report", "name one or more run folders");
        }
        Comparison comparison = new Comparison(runs, pictures);
        List<Markup> content = new ArrayList<>();
        content.add(comparison.header());
        List<String> notes = comparison.notes();
        if (!notes.isEmpty()) {
            content.add(Page.notes(notes));
        }
        content.add(comparison.table());
        Curves.of(runs, comparison.names).ifPresent(content::add);
        comparison.samples().ifPresent(content::add);
        return content;
    }

    private Markup.Element header() {
        Markup.Element h1 = Markup.element("h1", "A comparison of " + Wording.count(runs.size(), "run") + ". ");
        Optional<Integer> best = IntStream.range(0, runs.size())
                .boxed()
                .filter(i -> last(i).value(StandardMetrics.LOSS).isPresent())
                .min(Comparator.comparingDouble(
                        i -> last(i).value(StandardMetrics.LOSS).orElseThrow()));
        if (best.isPresent() && areAlike()) {
            String loss = ResultTable.nats(last(best.get()), StandardMetrics.LOSS);
            h1 = h1.add("The lowest loss on the test examples is ")
                    .add(Markup.element("strong", loss + " nats per example"))
                    .add(", by ")
                    .add(Markup.element("strong", names.get(best.get())))
                    .add(".");
        }
        return Markup.element("header")
                .add(Markup.element("p", "vae4j runs").with("class", "eyebrow"))
                .add(h1);
    }

    // Losses of different kinds, or on different data, have no order.
    private boolean areAlike() {
        return runs.stream()
                        .map(run -> List.of(
                                run.manifest().normalized(),
                                run.manifest().likelihood(),
                                run.manifest().data().flatMap(DataRecord::name)))
                        .distinct()
                        .count()
                == 1;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!areAlike()) {
            notes.add("These runs differ in their data or in their likelihood: their losses cannot be compared.");
        }
        List<String> others = IntStream.range(0, runs.size())
                .filter(i -> !runs.get(i).manifest().normalized().orElse(true))
                .mapToObj(names::get)
                .toList();
        if (!others.isEmpty()) {
            notes.add("The loss is not a log-likelihood in " + String.join(", ", others) + ".");
        }
        for (int i = 0; i < runs.size(); i++) {
            String name = names.get(i);
            runs.get(i).notes().forEach(note -> notes.add(name + ": " + note));
            pictures.get(i).notes().forEach(note -> notes.add(name + ": " + note));
            runs.get(i)
                    .evaluation()
                    .flatMap(EvaluationResult::note)
                    .ifPresent(note -> notes.add(name + ", NLL: " + note));
        }
        return notes;
    }

    private Markup.Element table() {
        List<Markup.Element> rows =
                IntStream.range(0, runs.size()).mapToObj(this::row).toList();
        Markup.Element head = Markup.element(
                "tr", HEADINGS.stream().map(h -> ResultTable.heading("col", h)).toList());
        return Page.section("Result")
                .add(ResultTable.scrolling(Markup.element("table")
                        .with("class", "runs")
                        .add(
                                Markup.element(
                                        "caption",
                                        "Test examples, nats per example, after each run's last epoch; NLL as it was last evaluated"))
                        .add(Markup.element("thead", List.of(head)))
                        .add(Markup.element("tbody", rows))));
    }

    private Markup.Element row(int i) {
        RunContents run = runs.get(i);
        Measurement last = last(i);
        OptionalDouble bound = last.minusBound();
        OptionalDouble bits =
                bound.isPresent() ? run.manifest().bitsPerDimension(bound.getAsDouble()) : OptionalDouble.empty();
        double seconds = run.history().seconds();
        List<String> cells = List.of(
                run.recipeName(),
                run.manifest().model().orElse("–"),
                run.manifest().seed().map(String::valueOf).orElse("–"),
                Integer.toString(run.history().epochs()),
                ResultTable.nats(last, StandardMetrics.LOSS),
                ResultTable.written(bits, Wording::bits)
                        + (bits.isPresent() && run.manifest().isDensity() ? " (density)" : ""),
                ResultTable.nats(last, StandardMetrics.RECONSTRUCTION),
                ResultTable.nats(last, StandardMetrics.KL),
                run.evaluation().flatMap(EvaluationSection::summary).orElse("–"),
                seconds > 0 ? Wording.duration(seconds) : "–");
        return Markup.element("tr")
                .add(ResultTable.heading("row", names.get(i)))
                .add(cells.stream().map(cell -> Markup.element("td", cell)).toList());
    }

    private Optional<Markup.Element> samples() {
        List<Markup.Element> figures = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<Pictures.Epoch> samples = pictures.get(i).samples();
            if (!samples.isEmpty()) {
                Pictures.Epoch latest = samples.get(samples.size() - 1);
                String caption = names.get(i) + ", epoch " + latest.epoch();
                figures.add(Gallery.figure(caption, latest.picture().img("Samples from the prior of " + caption)));
            }
        }
        return figures.isEmpty()
                ? Optional.empty()
                : Optional.of(Page.section("Samples")
                        .add(Markup.element("div", figures).with("class", "gallery")));
    }

    private Measurement last(int i) {
        return runs.get(i).history().last(Split.TEST).orElse(Measurement.none(Split.TEST));
    }

    // Folders in different places may have one name.
    private static List<String> distinct(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.indexOf(names.get(i)) == names.lastIndexOf(names.get(i))
                        ? names.get(i)
                        : names.get(i) + " (" + (i + 1) + ")")
                .toList();
    }
}
