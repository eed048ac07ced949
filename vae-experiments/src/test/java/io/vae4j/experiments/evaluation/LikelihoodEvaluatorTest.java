package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the one model whose log p(x) is known. */
class LikelihoodEvaluatorTest {

    private static final int SIDE = 5;
    private static final int PIXELS = SIDE * SIDE;
    private static final int IMAGES = 33;

    private final Dataset data = noise();

    @Test
    void theyAreTheExactOnesOfTheLinearGaussianModel() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session)) {
            LikelihoodEvaluator likelihoods = LikelihoodEvaluator.measure(evaluator, 0, 20_000, IMAGES, done -> {});
            double[] estimated = likelihoods.logLikelihood();
            double[] sizes = likelihoods.effectiveSampleSize();
            double[] exact = exact(evaluator);

            assertThat(Arrays.stream(sizes).min().orElseThrow()).isGreaterThan(200);
            for (int i = 0; i < IMAGES; i++) {
                assertThat(estimated[i]).as("image %d", i).isCloseTo(exact[i], within(4 / Math.sqrt(sizes[i])));
            }
        }
    }

    @Test
    void theBoundOfOneSampleIsTheElbo() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session)) {
            LikelihoodEvaluator likelihoods = LikelihoodEvaluator.measure(evaluator, 0, 1, IMAGES, done -> {});

            assertThat(likelihoods.logLikelihood()).containsExactly(likelihoods.elbo(), within(1e-9));
            assertThat(likelihoods.effectiveSampleSize()).containsOnly(new double[] {1}, within(1e-9));
        }
    }

    /** Only figures of one target have a difference, and the content of files decides, not what they are called. */
    @Test
    void figuresOnFilesOfOtherContentAreOfAnotherTarget() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session)) {
            LikelihoodEvaluator measured = LikelihoodEvaluator.measure(evaluator, 0, 1, 3, done -> {});
            EvaluatedRun.Target target = target(measured, session, Map.of("a.npz", "01"));

            assertThat(target(measured, session, Map.of("renamed.npz", "01"))).isEqualTo(target);
            assertThat(target(measured, session, Map.of("a.npz", "02"))).isNotEqualTo(target);
        }
    }

    private static EvaluatedRun.Target target(
            LikelihoodEvaluator measured, TrainingSession session, Map<String, String> files) {
        return EvaluatedRun.of(measured, session.model(), new Provenance("somewhere", files), 0)
                .target();
    }

    /** Of every image: what it samples depends on its place in the test set, not on how many were asked for. */
    @Test
    void anImagesFigureDoesNotDependOnHowManyAreEvaluated() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session)) {
            double[] all = LikelihoodEvaluator.measure(evaluator, 0, 7, IMAGES, done -> {})
                    .logLikelihood();
            for (int images : new int[] {1, 7, 20, 31}) {
                double[] some = LikelihoodEvaluator.measure(evaluator, 0, 7, images, done -> {})
                        .logLikelihood();

                assertThat(some).isEqualTo(Arrays.copyOf(all, images));
            }
        }
    }

    /**
     * Neither within a batch nor between batches: shared noise would be an error that no number of images averages out.
     */
    @Test
    void imagesThatAreAlikeHaveNoiseOfTheirOwn() {
        byte[] pixels = new byte[IMAGES * PIXELS];
        Arrays.fill(pixels, (byte) 90);
        Dataset alike = data(pixels);
        try (TrainingSession session = session(alike);
                Evaluator evaluator = evaluator(session)) {
            for (long samples : new long[] {1, 150}) {
                assertThat(LikelihoodEvaluator.measure(evaluator, 0, samples, IMAGES, done -> {})
                                .logLikelihood())
                        .doesNotHaveDuplicates();
            }
            assertThat(LikelihoodEvaluator.measure(evaluator, 1, 1, IMAGES, done -> {})
                            .logLikelihood())
                    .isNotEqualTo(LikelihoodEvaluator.measure(evaluator, 0, 1, IMAGES, done -> {})
                            .logLikelihood());
        }
    }

    /** ELBO, reconstruction, KL and active units say nothing of K: whatever it is, they estimate the same. */
    @ParameterizedTest
    @ValueSource(strings = {"vae", "deep-vae", "vae-flow"})
    void figuresThatAreNoBoundOfKDrawsDoNotDependOnK(String name) {
        List<String> small = name.equals("deep-vae")
                ? List.of("model.layers=[{hidden: [8], latent: 4}, {hidden: [8], latent: 3}]", "train.batch=5")
                : List.of("model.network.hidden=[8]", "model.latent=4", "train.batch=5");
        try (TrainingSession session = TrainingSession.of(Recipes.find(name, small), data, 0, Device.cpu());
                Evaluator evaluator = evaluator(session)) {
            LikelihoodEvaluator one = LikelihoodEvaluator.measure(evaluator, 0, 1, IMAGES, done -> {});
            LikelihoodEvaluator two = LikelihoodEvaluator.measure(evaluator, 0, 2, IMAGES, done -> {});
            LikelihoodEvaluator many = LikelihoodEvaluator.measure(evaluator, 0, 350, IMAGES, done -> {});
            for (LikelihoodEvaluator few : List.of(one, two)) {
                assertThat(few.reconstruction()).isEqualTo(many.reconstruction());
                for (int layer = 0; layer < many.layers().size(); layer++) {
                    LayerStatistics here = few.layers().get(layer);
                    assertThat(here.kl()).isEqualTo(many.layers().get(layer).kl());
                    assertThat(here.activeUnits())
                            .isEqualTo(many.layers().get(layer).activeUnits());
                    assertThat(here.variances())
                            .isEqualTo(many.layers().get(layer).variances());
                }
                Mean difference = Mean.ofDifferences(few.elbo(), many.elbo());
                assertThat(difference.value()).isCloseTo(0, within(4 * difference.standardError()));
            }
        }
    }

    /** 250 samples go in three portions of noise of their own. */
    @Test
    void theBoundIsTheLogOfTheMeanWeightOverAllPortions() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session);
                NDManager scratch = session.model().newManager()) {
            double[] estimated = LikelihoodEvaluator.measure(evaluator, 5, 250, 20, done -> {})
                    .logLikelihood();
            double[] sum = new double[20];
            Minibatch data = evaluator.examples(scratch, 0, 20, 5);
            int batches = 2;
            // the second key is that of a portion by itself, where K is too small for a look at the layers
            for (int portion : new int[] {0, 2, 3}) {
                Pass pass = session.model().evaluation(scratch, 5, (long) portion * batches);
                double[] weights = session.model()
                        .model()
                        .boundTerms(pass, data.x(), data.condition(), portion < 3 ? 100 : 50)
                        .logWeight()
                        .toType(DataType.FLOAT64, true)
                        .toDoubleArray();
                for (int i = 0; i < weights.length; i++) {
                    sum[i % 20] += Math.exp(weights[i] - estimated[i % 20]);
                }
            }
            for (int i = 0; i < 20; i++) {
                assertThat(sum[i] / 250).as("image %d", i).isCloseTo(1, within(1e-4));
            }
        }
    }

    @Test
    void progressEndsWithTheLastImage() {
        try (TrainingSession session = session();
                Evaluator evaluator = evaluator(session)) {
            double[] last = new double[1];
            LikelihoodEvaluator.measure(evaluator, 0, 1, IMAGES, done -> last[0] = done);

            assertThat(last[0]).isEqualTo(IMAGES);
        }
    }

    private TrainingSession session() {
        return session(data);
    }

    private static TrainingSession session(Dataset data) {
        List<String> small = List.of("model.latent=2", "model.scale=1");
        return TrainingSession.of(Recipes.find("ppca", small), data, 0, Device.cpu());
    }

    private static Evaluator evaluator(TrainingSession session) {
        return new Evaluator(session.model(), session.data().test());
    }

    /** log N(x; b, W W^T + sigma^2 I), with b, W and sigma read off the model from outside. */
    private static double[] exact(Evaluator evaluator) {
        TrainedModel trained = evaluator.trained();
        try (NDManager scratch = trained.newManager()) {
            DiagonalNormal atOrigin = given(trained, scratch, 0, 0);
            double[] b = doubles(atOrigin.mean());
            RealMatrix w = new Array2DRowRealMatrix(PIXELS, 2);
            w.setColumn(0, minus(doubles(given(trained, scratch, 1, 0).mean()), b));
            w.setColumn(1, minus(doubles(given(trained, scratch, 0, 1).mean()), b));
            double variance = Math.exp(2 * doubles(atOrigin.logScale())[0]);
            RealMatrix covariance = w.multiply(w.transpose())
                    .add(MatrixUtils.createRealIdentityMatrix(PIXELS).scalarMultiply(variance));
            MultivariateNormalDistribution p = new MultivariateNormalDistribution(b, covariance.getData());
            NDArray x = evaluator.examples(scratch, 0, IMAGES, 0).x();
            double[] exact = new double[IMAGES];
            Arrays.setAll(exact, i -> Math.log(p.density(doubles(x.get(i)))));
            return exact;
        }
    }

    private static DiagonalNormal given(TrainedModel trained, NDManager scratch, float... z) {
        NDArray fixed = scratch.create(z, new Shape(1, 1, 2)).duplicate();
        return (DiagonalNormal)
                trained.model().generate(trained.sampling(scratch, 0, 0), List.of(fixed), 1, Condition.none());
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

    private static Dataset noise() {
        byte[] pixels = new byte[IMAGES * PIXELS];
        new Random(1).nextBytes(pixels);
        return data(pixels);
    }

    private static Dataset data(byte... pixels) {
        Examples examples = new Examples(Values.ofBytes(ByteBuffer.wrap(pixels), IMAGES, new Shape(1, SIDE, SIDE)));
        return new ArrayDataset("noise", examples, examples, new Provenance("test", Map.of()));
    }
}
