package io.vae4j.experiments.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.evaluation.Samples.Drawn;
import io.vae4j.experiments.evaluation.UniformGrids;
import io.vae4j.experiments.recognition.DigitClassifier;
import io.vae4j.experiments.recognition.DigitClassifier.Recognition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a classifier what a run's samples show. */
@Command(
        name = "classify",
        description = {
            "Trains a digit classifier on the real images and shows it what a run samples.",
            "How sure it is, beside real test images, and of a conditional model how often it sees the class that was"
                    + " asked for. Of a VQ-VAE it also sees images of uniformly drawn codes. The classifier takes some"
                    + " seconds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ClassifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "a run folder")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(names = "--count", paramLabel = "N", description = "how many samples; default 1000")
    private int count = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the samples and the classifier; default 0")
    private long seed;

    @Mixin
    private final Workplace workplace = new Workplace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.atLeast("--count", 1, count, "classify");
        Says says = new Says(spec);
        try (Trained trained = Trained.open(run, workplace, says::tell);
                DigitClassifier classifier = new DigitClassifier(
                        workplace.data(says::tell),
                        trained.experiment().manager().getDevice(),
                        seed,
                        epoch -> says.tell("classifier: epoch " + epoch + " done"))) {
            Recognition real = classifier.test();
            says.answer(line("real test digits", Optional.of(real.accuracy()), real.confidence()));
            compare(trained, classifier, says);
        }
        return 0;
    }

    private void compare(Trained trained, DigitClassifier classifier, Says says) {
        try (NDManager scratch = trained.experiment().manager().newSubManager()) {
            Drawn drawn = new Samples(trained.experiment(), seed, Optional.empty()).draw(scratch, count);
            double confidence = classifier.confidence(scratch, drawn.means());
            Optional<Double> accuracy = drawn.classes()
                    .map(asked -> classifier.recognize(drawn.means(), asked).accuracy());
            says.answer(line(count + " samples", accuracy, confidence));
            trained.experiment().codebook().ifPresent(codebook -> {
                NDArray uniform = new UniformGrids(trained.experiment(), codebook).means(scratch, seed, count);
                says.answer(line("uniform codes", Optional.empty(), classifier.confidence(scratch, uniform)));
            });
            if (drawn.classes().isPresent()) {
                eachClass(drawn.means(), drawn.classes().get(), classifier, says);
            }
        }
    }

    /** The classes follow each other in turn. */
    private static void eachClass(NDArray means, NDArray asked, DigitClassifier classifier, Says says) {
        for (int digit = 0; digit < Math.min(ImageSet.CLASSES, asked.size()); digit++) {
            NDIndex turns = new NDIndex(digit + "::" + ImageSet.CLASSES);
            Recognition seen = classifier.recognize(means.get(turns), asked.get(turns));
            says.answer(line("asked for " + digit, Optional.of(seen.accuracy()), seen.confidence()));
        }
    }

    private static String line(String what, Optional<Double> accuracy, double confidence) {
        String recognized = accuracy.map(share -> String.format(Locale.ROOT, "%6.1f %% recognized, ", 100 * share))
                .orElse("");
        return String.format(Locale.ROOT, "%-18s %smean confidence %.3f", what, recognized, confidence);
    }
}
