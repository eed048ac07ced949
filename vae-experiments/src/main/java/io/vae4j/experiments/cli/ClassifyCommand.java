package io.vae4j.experiments.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.evaluation.Samples.Drawn;
import io.vae4j.experiments.evaluation.UniformCodeSampler;
import io.vae4j.experiments.evaluation.classifier.ExampleClassifier;
import io.vae4j.experiments.evaluation.classifier.ExampleClassifier.Recognition;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.Codes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a classifier what a run's samples show. */
@Command(
        name = "classify",
        description = {
            "Trains a classifier on the real examples and shows it what a run samples.",
            "How sure it is, beside real test examples, and of a conditional model how often it sees the class that was"
                    + " asked for. Of a VQ-VAE it also sees examples of uniformly drawn codes. The classifier takes some"
                    + " seconds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ClassifyCommand implements Callable<Integer> {

    /** Below that, a classifier's doubts are about itself. */
    private static final double TRUSTWORTHY = 0.8;

    /** Of shares in per cent more would show nothing. */
    private static final int MOST = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--count", paramLabel = "N", description = "how many samples; default 1000")
    private int count = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the samples and the classifier; default 0")
    private long seed;

    @Mixin
    private final RunDataOptions given = new RunDataOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionChecks.between("--count", 1, MOST, count, "classify");
        given.run().require();
        Console console = new Console(spec);
        Dataset loaded = given.dataset(console::tell);
        if (loaded.summary().classes().isEmpty()) {
            throw new InvalidInput(
                    "the data have no classes to tell apart", loaded.name(), "give data with labels by --data");
        }
        Consumer<String> narrator = given.narrator(console);
        try (TrainedModel trained = given.run().open();
                ExampleClassifier classifier = new ExampleClassifier(
                        loaded,
                        trained.device(),
                        seed,
                        epoch -> narrator.accept("classifier: epoch " + epoch + " done"))) {
            Recognition real = classifier.test();
            console.answer(line("real test examples", Optional.of(real.accuracy()), real.confidence()));
            if (real.accuracy() < TRUSTWORTHY) {
                console.tell(
                        "the classifier sees too little in real test examples for what it says of samples to mean much");
            }
            compare(trained, classifier, console);
        }
        return 0;
    }

    private void compare(TrainedModel trained, ExampleClassifier classifier, Console console) {
        try (NDManager scratch = trained.newManager()) {
            Drawn drawn = new Samples(trained, seed, Optional.empty()).draw(scratch, count);
            double confidence = classifier.confidence(scratch, drawn.means());
            Optional<Double> accuracy = drawn.classes()
                    .map(asked -> classifier.recognize(drawn.means(), asked).accuracy());
            console.answer(line(count + " samples", accuracy, confidence));
            if (!Codes.in(trained.model()).isEmpty()) {
                NDArray uniform = new UniformCodeSampler(trained).means(scratch, seed, count);
                console.answer(line("uniform codes", Optional.empty(), classifier.confidence(scratch, uniform)));
            }
            if (drawn.classes().isPresent()) {
                List<String> names = trained.view().summary().classes();
                eachClass(names, drawn.means(), drawn.classes().get(), classifier, console);
            }
        }
    }

    /** The classes follow each other in turn. */
    private static void eachClass(
            List<String> names, NDArray means, NDArray asked, ExampleClassifier classifier, Console console) {
        for (int i = 0; i < Math.min(names.size(), asked.size()); i++) {
            NDIndex turns = new NDIndex(i + "::" + names.size());
            Recognition seen = classifier.recognize(means.get(turns), asked.get(turns));
            console.answer(line("asked for " + names.get(i), Optional.of(seen.accuracy()), seen.confidence()));
        }
    }

    private static String line(String what, Optional<Double> accuracy, double confidence) {
        String recognized = accuracy.map(share -> String.format(Locale.ROOT, "%6.1f %% recognized, ", 100 * share))
                .orElse("");
        return String.format(Locale.ROOT, "%-18s %smean confidence %.3f", what, recognized, confidence);
    }
}
