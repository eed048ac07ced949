package io.vae4j.experiments.evaluation.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On {@code p(z) = N(0, 1)}, {@code p(x|z) = N(w z, 1)}, {@code q(z|x) = N(a x, e^2s)} in one dimension, whose
 * gradients are known; one image x and, where a mean is to be sharp, many copies of it.
 */
class GradientStudyTest {

    private static final double A = 0.7;
    private static final double S = 0;
    private static final double W = 1.3;
    private static final double X = 1.7;
    private static final long SEED = 5;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theFiguresOnKnownNoiseAreThoseByHand() {
        int repeats = 100;
        List<Quality> rows = study(1, repeats).measure(1);
        double[][] reparameterized = new double[repeats][];
        double[][] naive = new double[repeats][];
        for (int r = 0; r < repeats; r++) {
            double eps = Noise.seeded(SEED, r, GradientStudy.STREAM)
                    .normal(new Shape(1, 1, 1), array(0))
                    .getDouble(0, 0, 0);
            reparameterized[r] = reparameterized(eps);
            naive[r] = new double[] {eps * X, eps, eps * eps - 1};
        }

        Quality reference = row(rows, "pathwise", Group.ENCODER);
        double length = norm(reparameterized);
        assertThat(reference.variance()).isCloseTo(variance(reparameterized), within(1e-10));
        assertThat(reference.norm()).isCloseTo(length, within(1e-10));
        assertThat(reference.bias()).isZero();
        assertThat(reference.biasNoise()).isZero();
        assertThat(reference.signalToNoise()).isCloseTo(length / Math.sqrt(variance(reparameterized)), within(1e-10));

        Quality other = row(rows, "naive", Group.ENCODER);
        double[][] differences = new double[repeats][3];
        for (int r = 0; r < repeats; r++) {
            for (int p = 0; p < 3; p++) {
                differences[r][p] = naive[r][p] - reparameterized[r][p];
            }
        }
        double noise = Math.sqrt(variance(differences) / repeats);
        assertThat(other.variance()).isCloseTo(variance(naive), within(1e-10));
        assertThat(other.bias()).isCloseTo(norm(differences) / length, within(1e-10));
        assertThat(other.biasNoise()).isCloseTo(noise / length, within(1e-10));
    }

    /**
     * At k = 1 the resampled gradient is the reparameterized one, draw by draw: there is nothing to be unsure about.
     */
    @Test
    void equalGradientsOfTheSameSamplesHaveNeitherBiasNorNoise() {
        for (Group group : Group.values()) {
            Quality resampled = row(study(100, 20).measure(1), "resampled", group);

            assertThat(resampled.bias()).isLessThan(1e-12);
            assertThat(resampled.biasNoise()).isLessThan(1e-12);
        }
    }

    /**
     * What the noise promises: the squared distance of an unbiased mean is its square on average, so that about half of
     * such studies see no bias at all. Were it too large, nearly all would; were it too small, none.
     */
    @Test
    void theNoiseIsWhatTheDistanceOfUnbiasedMeansIsByChance() {
        int studies = 60;
        long unseen = IntStream.range(0, studies)
                .filter(seed -> row(study(100, 10, seed).measure(2), "doubly-reparameterized", Group.ENCODER)
                                .bias()
                        == 0)
                .count();

        assertThat(unseen).isBetween(studies / 4L, 9L * studies / 10);
    }

    /** With one sample the naive gradient of the encoder is that of -log q at fixed z, whose mean is zero. */
    @Test
    void theNaiveEncoderLosesItsWholeGradient() {
        Quality naive = row(study(100, 60).measure(1), "naive", Group.ENCODER);

        assertThat(naive.biasNoise()).isLessThan(0.1);
        assertThat(naive.bias()).isCloseTo(1, within(4 * naive.biasNoise()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void onlyBiasedEstimatorsDifferBeyondChance(int samples) {
        for (Quality row : study(100, 60).measure(samples)) {
            boolean biased = row.group() == Group.ENCODER
                    && (row.estimator().equals("naive")
                            || (row.estimator().equals("sticking-the-landing") && samples > 1));
            if (biased) {
                assertThat(row.bias()).as(row.toString()).isGreaterThan(3 * row.biasNoise());
            } else {
                assertThat(row.bias()).as(row.toString()).isLessThanOrEqualTo(3 * row.biasNoise());
            }
        }
    }

    /** L_1 is the ELBO, whatever its gradient is called. */
    @Test
    void withOneSampleTheMeanIsTheImportanceWeightedGradient() {
        for (Group group : Group.values()) {
            List<Quality> rows = study(50, 20).measureBounds(1);

            assertThat(row(rows, Contender.MEAN, group).bias()).isLessThan(1e-12);
            assertThat(row(rows, Contender.MEAN, group).variance())
                    .isCloseTo(row(rows, Contender.IMPORTANCE_WEIGHTED, group).variance(), within(1e-9));
        }
    }

    /** The VAE's gradient by k samples is the mean of k gradients by one, draw by draw. */
    @Test
    void theMeanOfKSamplesIsTheMeanOfTheirGradients() {
        int repeats = 60;
        int k = 4;
        double[][] byHand = new double[repeats][3];
        for (int r = 0; r < repeats; r++) {
            NDArray noise = Noise.seeded(SEED, r, GradientStudy.STREAM).normal(new Shape(k, 1, 1), array(0));
            for (double eps : noise.toDoubleArray()) {
                double[] one = reparameterized(eps);
                for (int p = 0; p < 3; p++) {
                    byHand[r][p] += one[p] / k;
                }
            }
        }
        Quality mean = row(study(1, repeats).measureBounds(k), Contender.MEAN, Group.ENCODER);

        assertThat(mean.variance()).isCloseTo(variance(byHand), within(1e-10));
        assertThat(mean.norm()).isCloseTo(norm(byHand), within(1e-10));
    }

    /** Rainforth et al. 2018, theorem 1: more samples blur the encoder's gradient of L_k, and sharpen a mean. */
    @Test
    void theEncodersSignalFallsWithKUnderTheBoundOfKSamplesOnly() {
        List<Quality> few = study(20, 400).measureBounds(1);
        List<Quality> many = study(20, 400).measureBounds(64);
        double growth = ratio(many, few, Contender.MEAN, Group.ENCODER);

        assertThat(growth).isBetween(6.0, 10.0);
        assertThat(ratio(many, few, Contender.IMPORTANCE_WEIGHTED, Group.ENCODER))
                .isLessThan(1);
        assertThat(ratio(many, few, Contender.IMPORTANCE_WEIGHTED, Group.DECODER))
                .isGreaterThan(2);
    }

    private static double ratio(List<Quality> many, List<Quality> few, String gradient, Group group) {
        return row(many, gradient, group).signalToNoise()
                / row(few, gradient, group).signalToNoise();
    }

    /** {@code -dELBO: a x - w (x - w m)} times x and 1, and {@code e^2s (1 + w^2) - 1}, at m = a x. */
    @Test
    void theLengthOfTheMeanIsThatOfTheElbosGradient() {
        int copies = 400;
        int repeats = 40;
        Quality reference = row(study(copies, repeats).measure(1), "pathwise", Group.ENCODER);
        double m = A * X;
        double slope = m - W * (X - W * m);
        double scale = Math.exp(2 * S) * (1 + W * W) - 1;
        double error = Math.sqrt(reference.variance() / repeats);

        assertThat(reference.norm()).isCloseTo(Math.sqrt(square(slope * X, slope, scale)), within(4 * error));
    }

    @Test
    void momentsAreTheMeanAndTheUnbiasedVariance() {
        Parameter two = model().getParameters().valueAt(0);
        Moments moments = new Moments(manager, List.of(two, two));
        double[][] gradients = {{1, -2}, {4, -2}, {1, 7}};
        for (double[] gradient : gradients) {
            moments.add(array(gradient));
        }

        assertThat(moments.mean().toDoubleArray()).containsExactly(new double[] {2, 1}, within(1e-14));
        assertThat(moments.variance().toDoubleArray()).containsExactly(new double[] {3, 27}, within(1e-13));
    }

    @Test
    void aParameterBelongsToTheEncoderWhereverItsPathSaysSo() {
        assertThat(Group.of("01encoder_01fc1_weight")).isEqualTo(Group.ENCODER);
        assertThat(Group.of("02posterior_01loc_bias")).isEqualTo(Group.ENCODER);
        assertThat(Group.of("04prior_02posterior_01loc_bias")).isEqualTo(Group.ENCODER);
        assertThat(Group.of("03decoder_01network_01fc1_weight")).isEqualTo(Group.DECODER);
        assertThat(Group.of("04prior_logScale")).isEqualTo(Group.DECODER);
    }

    /** Minus the derivative of log w along the draw, by the weight and the bias of the mean and by s. */
    private static double[] reparameterized(double eps) {
        double z = A * X + Math.exp(S) * eps;
        double pull = W * (X - W * z) - z;
        return new double[] {-pull * X, -pull, -pull * Math.exp(S) * eps - 1};
    }

    private static double[] mean(double[][] sample) {
        return IntStream.range(0, sample[0].length)
                .mapToDouble(p -> column(sample, p).average().orElseThrow())
                .toArray();
    }

    /** The unbiased variance, summed over the parameters. */
    private static double variance(double[][] sample) {
        double[] mean = mean(sample);
        return IntStream.range(0, mean.length)
                        .mapToDouble(p -> column(sample, p)
                                .map(value -> (value - mean[p]) * (value - mean[p]))
                                .sum())
                        .sum()
                / (sample.length - 1);
    }

    /** The length of the mean, whose square has its sampling error taken out. */
    private static double norm(double[][] sample) {
        return Math.sqrt(square(mean(sample)) - variance(sample) / sample.length);
    }

    private static DoubleStream column(double[][] sample, int p) {
        return IntStream.range(0, sample.length).mapToDouble(r -> sample[r][p]);
    }

    private static double square(double... values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * values[i])
                .sum();
    }

    private static Quality row(List<Quality> rows, String estimator, Group group) {
        return rows.stream()
                .filter(row -> row.estimator().equals(estimator) && row.group() == group)
                .findFirst()
                .orElseThrow();
    }

    private GradientStudy study(int copies, int repeats) {
        return study(copies, repeats, SEED);
    }

    private GradientStudy study(int copies, int repeats, long seed) {
        return new GradientStudy(
                new GradientStudy.Subject(manager, model(), batch -> data(batch, copies), seed), repeats);
    }

    private static Minibatch data(NDManager batch, int copies) {
        return new Minibatch(owned(batch, X).reshape(1, 1).repeat(0, copies), Condition.none());
    }

    private Vae model() {
        Vae model = new LinearGaussian(new Shape(1), 1, new GlobalScale.Fixed(1), Initialization.GLOROT_UNIFORM)
                .withAffinePosterior();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        for (Pair<String, Parameter> named : model.getParameters()) {
            NDArray values = named.getValue().getArray();
            array(start(named.getKey())).reshape(values.getShape()).copyTo(values);
        }
        return model;
    }

    private static double start(String path) {
        if (path.matches(".*posterior.*weight")) {
            return A;
        }
        return path.matches(".*decoder.*weight") ? W : 0;
    }

    private NDArray array(double... values) {
        return owned(manager, values);
    }

    private static NDArray owned(NDManager owner, double... values) {
        try (NDArray made = owner.create(values)) {
            return made.duplicate();
        }
    }
}
