package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.Pass;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {

    private static final Metric LOSS = StandardMetrics.LOSS;

    private static final int BATCH = 1000;

    /** One picture over and over: with the same noise a second batch would repeat the first, and the mean with it. */
    @Test
    void testBatchesTakeNoiseOfTheirOwn() {
        assertThat(lossOver(2 * BATCH)).isNotEqualTo(lossOver(BATCH));
        assertThat(lossOver(BATCH)).isEqualTo(lossOver(BATCH));
    }

    static Stream<String> coupled() {
        return Stream.of(
                "objective={kind: beta-tcvae, beta: 4}",
                "objective={kind: free-bits, lambda: 0.5, samples: 1}",
                "objective={kind: capacity, gamma: 10, capacity: 5, warmUp: 0}");
    }

    /**
     * Its value depends on the batch's size: in batches of a thousand it would be another figure than the training's.
     */
    @ParameterizedTest
    @MethodSource("coupled")
    void anObjectiveCoupledOverTheBatchIsTestedAtTheSizeThatItIsTrainedWith(String objective) {
        Dataset data = Small.data("same", Small.data().train(), Small.data().train());
        Recipe recipe = Recipes.find(
                "vae", List.of("model.network.hidden=[12]", "model.latent=6", "train.batch=20", objective));
        try (TrainingSession session = Small.session(recipe, data, 0)) {
            TrainingLoop loop = session.loop();
            loop.train(1);
            double tested = loop.test(1).raw(LOSS);

            assertThat(tested).isCloseTo(lossOfBatches(session, recipe, 20), within(1e-4));
            assertThat(Math.abs(lossOfBatches(session, recipe, 200) - tested)).isGreaterThan(1e-3);
        }
    }

    private static double lossOfBatches(TrainingSession session, Recipe recipe, int size) {
        TrainedModel trained = session.model();
        Objective objective = recipe.objective()
                .over(new Extent(200, session.loop().stepsPerEpoch()))
                .at(0);
        Randomness random = Randomness.of(0);
        double sum = 0;
        for (int from = 0; from < 200; from += size) {
            try (NDManager batch = trained.newManager()) {
                long key = random.testKey(1, from, size, 200);
                Minibatch data = session.loop()
                        .splits()
                        .test()
                        .range(batch, from, from + size, random.noise(RandomStream.TEST_BITS, key));
                Pass pass = Pass.evaluation(trained.store(), batch, random.noise(RandomStream.TEST_NOISE, key));
                sum += objective
                        .loss(trained.model().boundTerms(pass, data.x(), data.condition(), 1))
                        .sum()
                        .getFloat();
            }
        }
        return sum / 200;
    }

    /** The last batch of one image, and a test set that is larger than the training set. */
    @ParameterizedTest
    @MethodSource("coupled")
    void anObjectiveCoupledOverTheBatchAcceptsEveryRemainder(String objective) {
        Dataset data = Small.data(
                "few",
                /* train= */ Small.data().test(),
                /* test= */ Small.data().train());
        for (String batch : List.of("train.batch=59", "train.batch=500")) {
            Recipe recipe =
                    Recipes.find("vae", List.of("model.network.hidden=[12]", "model.latent=2", batch, objective));
            try (TrainingSession session = Small.session(recipe, data, 0)) {
                TrainingLoop loop = session.loop();

                assertThat(loop.train(1).raw(LOSS)).isFinite();
                assertThat(loop.test(1).raw(LOSS)).isFinite();
            }
        }
    }

    private static double lossOver(int count) {
        byte[] pixels = new byte[count * Small.SIDE * Small.SIDE];
        Arrays.fill(pixels, (byte) 128);
        Examples copies = Small.examples(pixels, Small.SIDE, new int[count]);
        Dataset data = Small.data("copies", Small.data().train(), copies);
        try (TrainingSession session = Small.session(Small.recipe("slides", 1), data, 0)) {
            // epoch 0 keys the first batch alike, however many there are
            return session.loop().test(0).raw(LOSS);
        }
    }
}
