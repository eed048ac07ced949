package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;

/**
 * The largest importance weights of some examples, gathered in portions: how heavy their tail is says whether their
 * mean can be trusted. Vehtari et al. 2024, https://arxiv.org/abs/1507.02646
 */
final class WeightTail {

    /** Fewer samples have no tail to be fitted. */
    static final long FEWEST_SAMPLES = 5L * GeneralizedPareto.FEWEST;

    /** The weakly informative prior of the shape: as much as ten observations of one half. */
    private static final double PRIOR_COUNT = 10;

    private static final double PRIOR_SHAPE = 0.5;

    private final NDManager owner;
    private final int length;
    private Optional<NDArray> largest = Optional.empty();

    /**
     * @param owner of what is kept: one weight more than the tail has, for each example
     * @param samples K, how many will be added
     */
    WeightTail(NDManager owner, long samples) {
        this.owner = owner;
        length = length(samples);
    }

    /** How many of K weights are the tail: {@code min(K / 5, 3 sqrt(K))}, rounded up. */
    private static int length(long samples) {
        return (int) Math.ceil(Math.min(samples / 5.0, 3 * Math.sqrt((double) samples)));
    }

    /** @param logWeight [K, B], nats, of the same examples each time */
    void add(NDArray logWeight) {
        NDArray all = largest.map(kept -> NDArrays.concat(new NDList(logWeight, kept), 0))
                .orElse(logWeight);
        int count = Math.toIntExact(Math.min(length + 1L, all.getShape().get(0)));
        NDArray kept = all.topK(count, 0, true, true).get(0);
        kept.attach(owner);
        largest.ifPresent(NDArray::close);
        largest = Optional.of(kept);
    }

    /**
     * The shape k of the generalized Pareto distribution of each example's tail, which the prior draws a little towards
     * 1/2; zero for weights that are all alike and thus bounded. This waits for the device.
     */
    double[] shapes() {
        NDArray kept = largest.orElseThrow(() -> new IllegalStateException("no weights were added"));
        double[] flat = kept.toType(DataType.FLOAT64, false).toDoubleArray();
        int examples = Math.toIntExact(kept.getShape().get(1));
        double[] shapes = new double[examples];
        Arrays.setAll(shapes, i -> shape(column(flat, i, examples)));
        return shapes;
    }

    private static double[] column(double[] flat, int place, int width) {
        double[] column = new double[flat.length / width];
        Arrays.setAll(column, row -> flat[row * width + place]);
        return column;
    }

    /** @param logWeights descending; the last one is the threshold */
    private static double shape(double[] logWeights) {
        double largest = logWeights[0];
        double threshold = Math.exp(logWeights[logWeights.length - 1] - largest);
        double[] exceedances = Arrays.stream(logWeights)
                .map(each -> Math.exp(each - largest) - threshold)
                .filter(each -> each > 0)
                .sorted()
                .toArray();
        if (exceedances.length < GeneralizedPareto.FEWEST) {
            return threshold > 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double shape = GeneralizedPareto.fit(exceedances).shape();
        int n = exceedances.length;
        return (n * shape + PRIOR_COUNT * PRIOR_SHAPE) / (n + PRIOR_COUNT);
    }
}
