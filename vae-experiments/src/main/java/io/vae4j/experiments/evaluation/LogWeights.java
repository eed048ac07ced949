package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.training.Minibatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The log importance weights of some examples, {@code log w = log p(x,z) - log q(z|x)}, every one of them: for what
 * needs more than their sums. A pool of K weights is cut into disjoint groups of k, each of which is an independent
 * estimate of {@code L_k = E[log (1/k) sum_i w_i]}. Burda et al. 2016, eq. 8, https://arxiv.org/abs/1509.00519
 */
public final class LogWeights {

    private static final long PORTION = 200;

    private final double[][] each;

    /** @param each [examples][K], nats, K the same for all */
    public LogWeights(double[][] each) {
        this.each = each;
    }

    /**
     * Draws the weights, example by example and in portions: what is drawn for an example depends on its place alone.
     *
     * @param places of the examples
     * @param samples K of each, at least 1
     * @param seed of the binarization and the samples
     */
    public static LogWeights draw(Evaluator evaluator, List<Integer> places, int samples, long seed) {
        return new LogWeights(places.stream()
                .map(place -> WithoutGradient.compute(() -> drawn(evaluator, place, samples, seed)))
                .toArray(double[][]::new));
    }

    private static double[] drawn(Evaluator evaluator, int place, int samples, long seed) {
        double[] drawn = new double[samples];
        try (NDManager owner = evaluator.trained().newManager()) {
            Minibatch example = evaluator.examples(owner, place, place + 1, seed);
            int most = Math.toIntExact(
                    SamplePortion.of(evaluator.trained().model(), example.x().getShape(), PORTION));
            for (int done = 0; done < samples; done += most) {
                int count = Math.min(most, samples - done);
                long step = (long) (done / most) * evaluator.count() + place;
                System.arraycopy(portion(evaluator, example, count, seed, step), 0, drawn, done, count);
            }
        }
        return drawn;
    }

    private static double[] portion(Evaluator evaluator, Minibatch example, int count, long seed, long step) {
        try (NDManager scratch = evaluator.trained().newManager()) {
            example.lend(scratch);
            Pass pass = evaluator.trained().evaluation(scratch, seed, step);
            NDArray logWeight = evaluator.trained().logWeight(pass, example.x(), example.condition(), count);
            return logWeight.toType(DataType.FLOAT64, false).toDoubleArray();
        }
    }

    /** How many examples there are. */
    public int examples() {
        return each.length;
    }

    /** How many weights each example has, K. */
    public int samples() {
        return each[0].length;
    }

    /**
     * L_k of each example, nats: the mean of its estimates by disjoint groups.
     *
     * @param k from 1 to K; what does not fill a group is left out
     */
    public double[] bound(int k) {
        return Arrays.stream(each)
                .mapToDouble(weights -> Mean.of(groups(weights, k)).value())
                .toArray();
    }

    /**
     * The standard error of the mean of {@link #bound} by the samples alone, the examples being what they are: by how
     * much the estimates of an example's groups differ.
     *
     * @param k at most half of K
     */
    public double samplingError(int k) {
        double squares = Arrays.stream(each)
                .mapToDouble(weights -> Mean.of(groups(weights, k)).standardError())
                .map(error -> error * error)
                .sum();
        return Math.sqrt(squares) / each.length;
    }

    /** The weights of an example as shares of their sum, {@code w~}, the largest first. */
    public double[] normalized(int example) {
        double[] weights = each[example];
        double total = logMeanExp(weights, 0, weights.length) + Math.log((double) weights.length);
        double[] rising = Arrays.stream(weights)
                .map(log -> Math.exp(log - total))
                .sorted()
                .toArray();
        return IntStream.rangeClosed(1, rising.length)
                .mapToDouble(i -> rising[rising.length - i])
                .toArray();
    }

    /** The effective sample size of an example, {@code (sum w)^2 / sum w^2}, from 1 to K. */
    public double effectiveSampleSize(int example) {
        return 1
                / Arrays.stream(normalized(example))
                        .map(weight -> weight * weight)
                        .sum();
    }

    private static double[] groups(double[] weights, int k) {
        return IntStream.range(0, weights.length / k)
                .mapToDouble(group -> logMeanExp(weights, group * k, k))
                .toArray();
    }

    private static double logMeanExp(double[] weights, int from, int count) {
        double largest = Arrays.stream(weights, from, from + count).max().orElse(Double.NEGATIVE_INFINITY);
        double sum = Arrays.stream(weights, from, from + count)
                .map(log -> Math.exp(log - largest))
                .sum();
        // where every weight is zero, the largest is as well
        return largest == Double.NEGATIVE_INFINITY ? largest : largest + Math.log(sum / count);
    }
}
