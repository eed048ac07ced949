package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Inference;
import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Mnist;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The densities of `vae-flow`, trained on real digits, away from their own samples. */
@Tag("long")
class FlowDensityOnMnistTest {

    private static final int COMPONENTS = 100;
    private static final int IMAGES = 200;
    private static final int PRIOR_DRAWS = 2000;

    @Test
    void theDensityOfATrainedFlowIsANumberOrImpossibleAndNeverPoisonsAMixture() throws Exception {
        Dataset data = Mnist.load(Optional.empty(), CacheFolder.ofProcess().path(), line -> {});
        try (TrainingSession session = Small.session(Recipes.find("vae-flow", List.of()), data, 0)) {
            TrainingLoop loop = session.loop();
            for (int epoch = 1; epoch <= 4; epoch++) {
                loop.train(epoch);
                if (epoch == 1 || epoch == 4) {
                    check(session, epoch);
                }
            }
        }
    }

    private static void check(TrainingSession session, int epoch) {
        TrainedModel model = session.model();
        try (NDManager scratch = model.newManager()) {
            Inference trained = inferred(model, scratch, session.firstExamples(scratch, COMPONENTS));
            NDArray z = inferred(model, scratch, tested(session, scratch)).latent();
            long dimensions = z.getShape().get(2);
            Distribution components = trained.posterior().density().orElseThrow();
            NDArray each = logProb(components, z.reshape(IMAGES, 1, dimensions));
            float[] mixtures = Ops.logMeanExp(each, 1).toFloatArray();
            float[] best = each.max(new int[] {1}).toFloatArray();
            NDArray fromPrior = Noise.seeded(1, 0, 0).normal(new Shape(PRIOR_DRAWS, 1, dimensions), z);
            NDArray first = components.logProb(fromPrior.broadcast(new Shape(PRIOR_DRAWS, COMPONENTS, dimensions)));

            System.out.println(String.format(
                    Locale.ROOT,
                    "after epoch %d: of %d components at %d images %d are -inf and %d NaN; mixtures NaN or -inf: %d;"
                            + " of %d at %d samples from the prior %d are -inf and %d NaN",
                    epoch,
                    COMPONENTS,
                    IMAGES,
                    impossible(each),
                    nan(each),
                    notFinite(mixtures),
                    COMPONENTS,
                    PRIOR_DRAWS,
                    impossible(first),
                    nan(first)));
            assertThat(nan(each)).isZero();
            assertThat(nan(first)).isZero();
            for (int i = 0; i < IMAGES; i++) {
                assertThat(Float.isFinite(mixtures[i])).as("image %d", i).isEqualTo(Float.isFinite(best[i]));
            }
        }
    }

    private static Minibatch tested(TrainingSession session, NDManager scratch) {
        return session.loop()
                .splits()
                .test()
                .range(scratch, 0, IMAGES, Randomness.of(0).noise(RandomStream.EVALUATION_BITS, 0));
    }

    private static Inference inferred(TrainedModel model, NDManager scratch, Minibatch images) {
        return model.model()
                .boundTerms(model.evaluation(scratch, 0, 0), images.x(), images.condition(), 1)
                .layers()
                .get(0)
                .inference();
    }

    private static NDArray logProb(Distribution components, NDArray z) {
        return components.logProb(
                z.broadcast(new Shape(IMAGES, COMPONENTS, z.getShape().get(2))));
    }

    private static long impossible(NDArray values) {
        return values.eq(Float.NEGATIVE_INFINITY)
                .toType(DataType.INT64, false)
                .sum()
                .getLong();
    }

    private static long nan(NDArray values) {
        return values.isNaN().toType(DataType.INT64, false).sum().getLong();
    }

    private static long notFinite(float[] values) {
        return IntStream.range(0, values.length)
                .filter(i -> !Float.isFinite(values[i]))
                .count();
    }
}
