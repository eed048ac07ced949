package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How often the dimension that varies least while one factor is fixed tells which factor that was. Each vote is the
 * dimension with the smallest variance over a batch, relative to its variance over all examples; a dimension stands for
 * the factor that most of its votes came from. From 1/F, where it is a guess, to 1.
 *
 * <p>Kim and Mnih 2018, section 4, https://arxiv.org/abs/1802.05983. As in disentanglement_lib, votes are of 64
 * examples, 10,000 decide and 5,000 others are counted, dimensions with a standard deviation below 0.05 have collapsed
 * to the prior and take no part, and the score is 0 where all have. The paper itself has 800 votes.
 */
public final class FactorVaeScore implements DisentanglementMetric {

    private static final double COLLAPSED = 0.05;

    @Override
    public String title() {
        return "FactorVAE score";
    }

    @Override
    public String paper() {
        return "Kim and Mnih 2018, section 4, https://arxiv.org/abs/1802.05983";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return FixedFactor.incompatibility(representation);
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        double[] variances = IntStream.range(0, representation.dimensions())
                .mapToDouble(d -> variance(representation.dimension(d)))
                .toArray();
        int[] active = IntStream.range(0, variances.length)
                .filter(d -> Math.sqrt(variances[d]) >= COLLAPSED)
                .toArray();
        double score = active.length == 0 ? 0 : accuracy(representation, seed, variances, active);
        return List.of(new Score("factor_vae_score", score));
    }

    private static double accuracy(Representation representation, long seed, double[] variances, int... active) {
        FixedFactor examples = new FixedFactor(representation, seed);
        int[][] votes = new int[representation.dimensions()][representation.factorCount()];
        for (int i = 0; i < FixedFactor.TRAINING; i++) {
            int factor = examples.factor();
            votes[vote(examples, factor, variances, active)][factor]++;
        }
        int right = 0;
        for (int i = 0; i < FixedFactor.EVALUATION; i++) {
            int factor = examples.factor();
            int[] counts = votes[vote(examples, factor, variances, active)];
            right += DecisionTree.largest(counts) == factor ? 1 : 0;
        }
        return (double) right / FixedFactor.EVALUATION;
    }

    /** The dimension that varies least, for its scale, over a batch with one factor fixed. */
    private static int vote(FixedFactor examples, int factor, double[] variances, int... active) {
        int first = examples.example(factor);
        double[][] batch = new double[FixedFactor.BATCH][];
        Arrays.setAll(batch, n -> examples.like(first, factor));
        return Arrays.stream(active)
                .boxed()
                .min(Comparator.comparingDouble(d -> variance(column(batch, d)) / variances[d]))
                .orElseThrow();
    }

    private static double[] column(double[][] rows, int d) {
        return Arrays.stream(rows).mapToDouble(row -> row[d]).toArray();
    }

    /** With N - 1 in the denominator. */
    static double variance(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
