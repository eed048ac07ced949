package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How well a linear classifier tells which factor pairs of examples share, from how far their codes are apart:
 * {@code z_diff = 1/L sum_l |z_1,l - z_2,l|} over L pairs with the same factor in common. From 1/F, where it is a
 * guess, to 1.
 *
 * <p>Higgins et al. 2017, section 3, https://openreview.net/forum?id=Sy2fzU9gl. As in disentanglement_lib, L is 64, and
 * the classifier is a logistic regression, C = 1 and one against the rest, that learns from 10,000 points and is judged
 * by 5,000 others.
 */
public final class BetaVaeScore implements DisentanglementMetric {

    @Override
    public String title() {
        return "beta-VAE score";
    }

    @Override
    public String paper() {
        return "Higgins et al. 2017, section 3, https://openreview.net/forum?id=Sy2fzU9gl";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return FixedFactor.incompatibility(representation);
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        FixedFactor examples = new FixedFactor(representation, seed);
        Points training = points(representation, examples, FixedFactor.TRAINING);
        Points evaluation = points(representation, examples, FixedFactor.EVALUATION);
        double accuracy = LinearClassifier.logisticRegression(training.differences(), training.factors())
                .accuracy(evaluation.differences(), evaluation.factors());
        return List.of(new Score("beta_vae_score", accuracy));
    }

    /** What the classifier sees, [P][D], and what it is to tell, [P]. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Points(double[][] differences, int[] factors) {}

    private static Points points(Representation representation, FixedFactor examples, int count) {
        int[] factors = new int[count];
        double[][] differences = new double[count][representation.dimensions()];
        for (int p = 0; p < count; p++) {
            factors[p] = examples.factor();
            for (int pair = 0; pair < FixedFactor.BATCH; pair++) {
                int first = examples.example(factors[p]);
                add(differences[p], representation.codes()[first], examples.other(first, factors[p]));
            }
        }
        return new Points(differences, factors);
    }

    private static void add(double[] mean, double[] one, double[] other) {
        Arrays.setAll(mean, d -> mean[d] + Math.abs(one[d] - other[d]) / FixedFactor.BATCH);
    }
}
