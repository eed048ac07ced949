package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Noise;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.drawing.ProbabilityTable;
import io.vae4j.experiments.evaluation.classifier.ExampleClassifier;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.DeviceExamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A conditional distribution that a network gives: p(y|x) is categorical, and its probabilities are what the network
 * makes of x. Shown are the test examples that the classifier is surest of, and those that it is least sure of.
 */
final class ClassProbabilities implements RunFigure {

    private static final int ASKED = 1000;
    private static final int OF_EACH_KIND = 3;
    private static final int CLASSES = 4;
    private static final int PORTION = 200;

    @Override
    public String name() {
        return "classifier";
    }

    @Override
    public String summary() {
        return "p(y|x) as a categorical distribution by a network: the surest and the least sure test examples";
    }

    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        DataSummary data = run.view().summary();
        if (data.classes().size() < 2) {
            return Optional.of("a classifier needs two classes or more, and the run's data have "
                    + data.classes().size() + "; take a run on labeled data");
        }
        return data.isImage()
                ? Optional.empty()
                : Optional.of("examples of shape " + data.event() + " are no images to be shown; take a run on images");
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        int classes = run.data().summary().classes().size();
        if (classes < 2) {
            throw new InvalidInput(
                    "a classifier needs two classes or more, and these data have " + classes,
                    "--data",
                    "take labeled data");
        }
        int asked = Math.min(options.examples().orElse(ASKED), run.count());
        List<Judgment> judged;
        double accuracy;
        try (ExampleClassifier classifier =
                new ExampleClassifier(run.data(), run.trained().device(), options.seed(), epoch -> {})) {
            accuracy = classifier.test().accuracy();
            judged = judged(run, options, classifier, asked);
        }
        Judgment first = judged.get(0);
        Judgment last = judged.get(judged.size() - 1);
        return new Part(
                judged.stream().map(judgment -> table(run, judgment)).toList(),
                String.format(
                        Locale.ROOT,
                        "The classifier names %.1f %% of the test examples rightly; of the first %d its largest"
                                + " probability is %.4f where it is surest and %.4f where it is least sure.",
                        100 * accuracy,
                        asked,
                        first.largest(),
                        last.largest()));
    }

    /**
     * What the classifier says of an example.
     *
     * @param image as it is stored, bytes as levels from 0 to 1
     * @param probabilities of each class
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    private record Judgment(int place, float[] image, float[] probabilities) {

        double largest() {
            return IntStream.range(0, probabilities.length)
                    .mapToDouble(c -> probabilities[c])
                    .max()
                    .orElse(0);
        }
    }

    /** Those that the user chose, or the surest from the top and then the least sure, the least sure of all last. */
    private static List<Judgment> judged(Subject run, FigureOptions options, ExampleClassifier classifier, int asked) {
        if (!options.chosen().isEmpty()) {
            return ChosenExamples.of(run, options, asked).stream()
                    .map(place -> judged(run, classifier, place, 1).get(0))
                    .sorted(Comparator.comparing(judgment -> -judgment.largest()))
                    .toList();
        }
        List<Judgment> all = new ArrayList<>();
        for (int from = 0; from < asked; from += PORTION) {
            all.addAll(judged(run, classifier, from, Math.min(PORTION, asked - from)));
        }
        all.sort(Comparator.comparing(judgment -> -judgment.largest()));
        int kind = Math.min(OF_EACH_KIND, asked / 2);
        return asked < 2
                ? all
                : Stream.concat(all.stream().limit(kind), all.stream().skip((long) asked - kind))
                        .toList();
    }

    private static List<Judgment> judged(Subject run, ExampleClassifier classifier, int from, int count) {
        int[] places = IntStream.range(from, from + count).toArray();
        try (NDManager scratch = run.trained().newManager()) {
            NDArray images = stored(run, scratch, places);
            NDArray probabilities = classifier.probabilities(scratch, images);
            return IntStream.range(0, count)
                    .mapToObj(i -> new Judgment(
                            from + i,
                            images.get(i).toFloatArray(),
                            probabilities.get(i).toFloatArray()))
                    .toList();
        }
    }

    /** As the classifier learned them, whatever the run's model is shown. */
    private static NDArray stored(Subject run, NDManager scratch, int... places) {
        DeviceExamples examples = new DeviceExamples(
                scratch, run.test().select(places), DataView.plain(run.view().summary()));
        return examples.range(scratch, 0, places.length, Noise.engine()).x();
    }

    private static ProbabilityTable table(Subject run, Judgment judgment) {
        List<String> names = run.data().summary().classes();
        String truth = run.test().labels() instanceof Labels.Classes known
                ? ", truly " + names.get(known.of()[judgment.place()])
                : "";
        List<BarChart.Bar> rows = IntStream.range(0, names.size())
                .mapToObj(c -> new BarChart.Bar(names.get(c), judgment.probabilities()[c]))
                .sorted(Comparator.comparing(bar -> -bar.value()))
                .limit(CLASSES)
                .toList();
        ImageGrid image = ImageGrid.of(judgment.image(), run.view().summary().event(), 1);
        return new ProbabilityTable(run.name() + ": example " + judgment.place() + truth, image, rows);
    }
}
