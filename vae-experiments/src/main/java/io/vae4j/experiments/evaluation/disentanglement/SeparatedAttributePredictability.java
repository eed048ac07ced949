package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Separated attribute predictability (SAP): for each factor, how much better the dimension that predicts it best does,
 * by itself, than the second. The mean over factors of the gap between their accuracies on examples held out; at most
 * {@code 1 - 1/V} for a factor with V values that are equally frequent, since the second dimension can always guess.
 *
 * <p>Kumar et al. 2018, section 3, https://arxiv.org/abs/1711.00848. The paper fits thresholds for factors without an
 * order and the line of least squares for others. Which have an order is not known here: as in disentanglement_lib's
 * study, all are predicted by a linear support vector machine, C = 0.01 and classes balanced. One against the rest, in
 * one dimension, it can name the values at the ends and few between: of factors with many values the score is small,
 * however good the code is.
 */
public final class SeparatedAttributePredictability implements DisentanglementMetric {

    @Override
    public String title() {
        return "SAP";
    }

    @Override
    public String paper() {
        return "Kumar et al. 2018, section 3, https://arxiv.org/abs/1711.00848";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return Requirements.twoDimensions(representation).or(() -> Requirements.someExamples(representation));
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        double[][] accuracies = accuracies(representation, Partition.of(representation.count(), seed));
        double mean = IntStream.range(0, representation.factorCount())
                .mapToDouble(f -> Gap.ofColumn(accuracies, f))
                .average()
                .orElseThrow();
        return List.of(new Score("sap", mean));
    }

    /** How often each dimension, by itself, tells each factor, [D][F]. */
    static double[][] accuracies(Representation representation, Partition partition) {
        double[][] accuracies = new double[representation.dimensions()][representation.factorCount()];
        for (int d = 0; d < accuracies.length; d++) {
            double[] code = representation.dimension(d);
            Arrays.setAll(accuracies[d], f -> accuracy(partition, code, representation.factor(f)));
        }
        return accuracies;
    }

    private static double accuracy(Partition partition, double[] code, int... factor) {
        return LinearClassifier.balancedSupportVectors(features(code, partition.train()), of(factor, partition.train()))
                .accuracy(features(code, partition.test()), of(factor, partition.test()));
    }

    private static double[][] features(double[] code, int... examples) {
        return Arrays.stream(examples).mapToObj(n -> new double[] {code[n]}).toArray(double[][]::new);
    }

    private static int[] of(int[] factor, int... examples) {
        return Arrays.stream(examples).map(n -> factor[n]).toArray();
    }
}
