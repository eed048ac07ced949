package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.Experiment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Against the one model whose log p(x) is known. */
class LikelihoodsTest {

    private static final int SIDE = 5;
    private static final int PIXELS = SIDE * SIDE;
    private static final int IMAGES = 33;

    private final ImageData data = noise();

    @Test
    void theyAreTheExactOnesOfTheLinearGaussianModel() {
        try (Experiment experiment = experiment()) {
            Likelihoods likelihoods = new Likelihoods(experiment, 0, 20_000, IMAGES, done -> {});
            double[] estimated = likelihoods.logLikelihood();
            double[] sizes = likelihoods.effectiveSampleSize();
            double[] exact = exact(experiment);

            assertThat(Arrays.stream(sizes).min().orElseThrow()).isGreaterThan(200);
            for (int i = 0; i < IMAGES; i++) {
                assertThat(estimated[i]).as("image %d", i).isCloseTo(exact[i], within(4 / Math.sqrt(sizes[i])));
            }
        }
    }

    @Test
    void theBoundOfOneSampleIsTheElbo() {
        try (Experiment experiment = experiment()) {
            Likelihoods likelihoods = new Likelihoods(experiment, 0, 1, IMAGES, done -> {});

            assertThat(likelihoods.logLikelihood()).containsExactly(likelihoods.elbo(), within(1e-9));
            assertThat(likelihoods.effectiveSampleSize()).containsOnly(new double[] {1}, within(1e-9));
        }
    }

    @Test
    void progressEndsWithTheLastImage() {
        try (Experiment experiment = experiment()) {
            int[] last = new int[1];
            new Likelihoods(experiment, 0, 1, IMAGES, done -> last[0] = done);

            assertThat(last[0]).isEqualTo(IMAGES);
        }
    }

    private Experiment experiment() {
        List<String> small = List.of("model.latent=2", "model.scale=1");
        return new Experiment(Recipes.find("ppca", small), data, 0, Device.cpu());
    }

    /** log N(x; b, W W^T + sigma^2 I), with b, W and sigma read off the model from outside. */
    private static double[] exact(Experiment experiment) {
        try (NDManager scratch = experiment.manager().newSubManager()) {
            DiagonalNormal atOrigin = given(experiment, scratch, 0, 0);
            double[] b = doubles(atOrigin.mean());
            RealMatrix w = new Array2DRowRealMatrix(PIXELS, 2);
            w.setColumn(0, minus(doubles(given(experiment, scratch, 1, 0).mean()), b));
            w.setColumn(1, minus(doubles(given(experiment, scratch, 0, 1).mean()), b));
            double variance = Math.exp(2 * doubles(atOrigin.logScale())[0]);
            RealMatrix covariance = w.multiply(w.transpose())
                    .add(MatrixUtils.createRealIdentityMatrix(PIXELS).scalarMultiply(variance));
            MultivariateNormalDistribution p = new MultivariateNormalDistribution(b, covariance.getData());
            NDArray x = experiment.testImages(scratch, 0, IMAGES, 0).images();
            double[] exact = new double[IMAGES];
            Arrays.setAll(exact, i -> Math.log(p.density(doubles(x.get(i)))));
            return exact;
        }
    }

    private static DiagonalNormal given(Experiment experiment, NDManager scratch, float... z) {
        NDArray fixed = scratch.create(z, new Shape(1, 1, 2)).duplicate();
        return (DiagonalNormal)
                experiment.model().generate(experiment.sampling(scratch, 0, 0), List.of(fixed), 1, Condition.none());
    }

    private static double[] doubles(NDArray array) {
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static ImageData noise() {
        byte[] pixels = new byte[IMAGES * PIXELS];
        new Random(1).nextBytes(pixels);
        ImageSet set = new ImageSet(pixels, new byte[IMAGES], IMAGES, SIDE, SIDE);
        return new ImageData("noise", set, set, new Provenance("test", Map.of()));
    }
}
