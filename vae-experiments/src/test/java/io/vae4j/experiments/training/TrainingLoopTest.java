package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Pass;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.data.ImageData;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {

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
        ImageData data = new ImageData(
                "same", Small.data().train(), Small.data().train(), Small.data().provenance());
        Recipe recipe = Recipes.find(
                "vae", List.of("model.network.hidden=[12]", "model.latent=6", "train.batch=20", objective));
        try (Experiment experiment = new Experiment(recipe, data, 0, Device.cpu())) {
            TrainingLoop loop = new TrainingLoop(experiment, Progress.silent(), new StopSignal());
            loop.train(1);
            double tested = loop.test(1).loss();

            assertThat(tested).isCloseTo(lossOfBatches(experiment, loop, 20), within(1e-4));
            assertThat(Math.abs(lossOfBatches(experiment, loop, 200) - tested)).isGreaterThan(1e-3);
        }
    }

    private static double lossOfBatches(Experiment experiment, TrainingLoop loop, int size) {
        Objective objective = experiment
                .recipe()
                .objective()
                .over(new Extent(200, loop.stepsPerEpoch()))
                .at(0);
        Randomness random = experiment.randomness();
        long[] order = LongStream.range(0, 200).toArray();
        double sum = 0;
        for (int from = 0; from < 200; from += size) {
            try (NDManager batch = experiment.manager().newSubManager()) {
                long key = random.testKey(1, from, size, 200);
                Minibatch data = experiment
                        .test()
                        .batch(batch, order, from, from + size, random.noise(RandomStream.TEST_BITS, key));
                Pass pass = Pass.evaluation(experiment.store(), batch, random.noise(RandomStream.TEST_NOISE, key));
                sum += objective
                        .loss(experiment.model().boundTerms(pass, data.images(), data.condition(), 1))
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
        ImageSet sixty = Small.data().test();
        ImageSet many = Small.data().train();
        ImageData data = new ImageData("few", sixty, many, Small.data().provenance());
        for (String batch : List.of("train.batch=59", "train.batch=500")) {
            Recipe recipe =
                    Recipes.find("vae", List.of("model.network.hidden=[12]", "model.latent=2", batch, objective));
            try (Experiment experiment = new Experiment(recipe, data, 0, Device.cpu())) {
                TrainingLoop loop = new TrainingLoop(experiment, Progress.silent(), new StopSignal());

                assertThat(loop.train(1).loss()).isFinite();
                assertThat(loop.test(1).loss()).isFinite();
            }
        }
    }

    private static double lossOver(int count) {
        byte[] pixels = new byte[count * Small.SIDE * Small.SIDE];
        Arrays.fill(pixels, (byte) 128);
        ImageSet copies = new ImageSet(pixels, new byte[count], count, Small.SIDE, Small.SIDE);
        ImageData data = new ImageData("copies", Small.data().train(), copies, new Provenance("test", Map.of()));
        try (Experiment experiment = new Experiment(Small.recipe("slides", 1), data, 0, Device.cpu())) {
            // epoch 0 keys the first batch alike, however many there are
            return new TrainingLoop(experiment, Progress.silent(), new StopSignal())
                    .test(0)
                    .loss();
        }
    }
}
