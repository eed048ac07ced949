package io.vae4j.experiments.evaluation.samplequality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Permutation;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Samples;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.evaluation.classifier.KeptClassifier;
import io.vae4j.experiments.evaluation.representation.CodeMixture;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Samples against held-out examples in the features of a classifier: precision, recall and a Frechet distance, and
 * beside them the same of training examples, which no model needs to beat. Of a sample the mean of p(x|z) is taken.
 */
public final class SampleQuality implements Evaluation {

    /** k. Kynkaanniemi et al. 2019, section 2 */
    private static final int NEIGHBOR = 3;

    private static final Setting COUNT =
            new Setting("count", 2000, NEIGHBOR + 1, "how many samples and how many real examples are compared");

    private final CacheFolder cache;

    /** @param cache where the classifiers are kept */
    public SampleQuality(CacheFolder cache) {
        this.cache = cache;
    }

    @Override
    public String name() {
        return "samples";
    }

    @Override
    public String title() {
        return "Precision, recall and Frechet distance of samples";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public List<Setting> settings() {
        return List.of(COUNT);
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        if (subject.data().summary().classes().isEmpty()) {
            return Optional.of("the data have no classes, by which a classifier would learn its features");
        }
        return count(subject.data(), COUNT.usual()) <= NEIGHBOR
                ? Optional.of("there are too few examples for each to have " + NEIGHBOR + " neighbors")
                : Optional.empty();
    }

    /** As many as there are of each, for sets of different sizes have distances of different bias. */
    private static int count(Dataset data, long wanted) {
        return (int) Math.min(wanted, Math.min(data.test().count(), data.train().count()));
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        Dataset data = subject.data();
        int count = count(data, settings.of(COUNT));
        try (KeptClassifier kept =
                        KeptClassifier.of(cache.path(), data, subject.trained().device(), subject.narrator());
                NDManager owner = subject.trained().newManager()) {
            NDArray means = new Samples(subject.trained(), subject.seed(), Optional.empty())
                    .draw(owner, count)
                    .means();
            NDArray samples = kept.classifier().features(owner, means);
            NDArray real = kept.classifier().features(owner, taken(data.test(), count, subject.seed()), count);
            NDArray training = kept.classifier().features(owner, taken(data.train(), count, subject.seed()), count);
            Findings found = compared(Findings.of(title()), "", "samples", real, samples);
            found = compared(found, "training_", "training examples", real, training);
            return byMixture(found, subject, kept, owner, real)
                    .with(Optional.of(description(kept, count)))
                    .with(
                            subject.trained().view().conditionClasses().isPresent()
                                    ? Optional.of(
                                            "every class is drawn equally often, whatever its share of the examples")
                                    : Optional.empty());
        }
    }

    /** Any examples, for the first ones may be of one class. */
    private static Examples taken(Examples all, int count, long seed) {
        return all.select(Arrays.copyOf(Permutation.of(all.count(), new SplittableRandom(seed)), count));
    }

    /** Samples of latents that are drawn from a mixture fitted to the codes: a better prior makes better ones. */
    private static Findings byMixture(
            Findings found, EvaluationSubject subject, KeptClassifier kept, NDManager owner, NDArray real) {
        if (CodeMixture.incompatibility(subject.trained()).isPresent()) {
            return found;
        }
        CodeMixture mixture =
                CodeMixture.fit(subject.trained(), subject.data().train(), CodeMixture.COMPONENTS, subject.seed());
        int count = Math.toIntExact(real.getShape().get(0));
        NDArray means = new Samples(subject.trained(), subject.seed(), Optional.empty(), mixture)
                .draw(owner, count)
                .means();
        NDArray features = kept.classifier().features(owner, means);
        String what = "samples of a mixture of " + CodeMixture.COMPONENTS + " Gaussians fitted to the codes";
        return compared(found, "mixture_", what, real, features);
    }

    private static Findings compared(Findings found, String prefix, String what, NDArray real, NDArray others) {
        PrecisionRecall shares = PrecisionRecall.of(real, others, NEIGHBOR);
        double distance = FrechetDistance.between(real, others);
        return found.with(prefix + "precision", Finding.of("Precision of " + what, shares.precision(), Unit.SHARE))
                .with(prefix + "recall", Finding.of("Recall of " + what, shares.recall(), Unit.SHARE))
                .with(prefix + "frechet", Finding.of("Frechet distance of " + what, distance, Unit.NUMBER));
    }

    private static String description(KeptClassifier kept, int count) {
        return String.format(
                Locale.ROOT,
                "in the features of the classifier %s (%.1f %% of the test examples right), of %d samples' means and as"
                        + " many real examples; no FID, and to be compared within one classifier and number only",
                kept.name(),
                100 * kept.classifier().test().accuracy(),
                count);
    }
}
