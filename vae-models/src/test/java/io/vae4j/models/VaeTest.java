package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is particular to the composition of {@link Vae}. */
class VaeTest extends ModelTest {

    @Test
    void answersDjlsUntypedForward() {
        Vae model = initialized(Models.bernoulli(), DataType.FLOAT32);
        NDArray x = bits(4, DataType.FLOAT32);
        NDList answer = model.forward(store, new NDList(x), false);

        assertThat(answer.head().getShape()).isEqualTo(x.getShape());
        assertThat(answer.head().toFloatArray()).isEqualTo(reconstruction(model, x));
    }

    @Test
    void initializationIsThatOfTorchsLinear() {
        Engine.getInstance().setRandomSeed(0);
        Vae model = initialized(Models.bernoulli(), DataType.FLOAT32);
        NDArray bias = model.getParameters().get("01encoder_01fc1_bias").getArray();

        assertThat(bias.abs().max().getFloat())
                .isLessThan((float) (1 / Math.sqrt(6)))
                .isGreaterThan(0.2f);
    }

    @Test
    void givenLatentsOfEveryLayerLeaveNothingToDraw() {
        Vae model = initialized(Models.twoLayers(), DataType.FLOAT32);
        NDArray top = manager.randomNormal(new Shape(4, 1, 2));
        NDArray bottom = manager.randomNormal(new Shape(4, 1, 3));

        NDArray one = model.generate(evaluation(Noise.given(List.of())), List.of(top, bottom), 4, Condition.none())
                .mean();
        NDArray two = model.generate(
                        evaluation(Noise.given(List.of())), List.of(top.neg(), bottom), 4, Condition.none())
                .mean();
        assertThat(one).isEqualTo(two);
    }

    /** E_q[w] = p(x), and so is the mean of p(x|z) over the prior. */
    @Test
    void theWeightIsTheJointOverThePosterior() {
        Vae model = initialized(Models.bernoulli(), DataType.FLOAT64);
        NDArray x = bits(1, DataType.FLOAT64);
        BoundTerms terms = boundTerms(model, x, 4000, Noise.seeded(3, 0, 0));
        double byPosterior = terms.logWeight().exp().mean().getDouble();
        NDArray z = new StandardNormal(manager.zeros(new Shape(1, 1, 3), DataType.FLOAT64), 1)
                .sample(Noise.seeded(4, 0, 0), 100_000);
        NDArray fromPrior = model.generate(evaluation(Noise.engine()), List.of(z), 100_000, Condition.none())
                .logProb(x)
                .exp();
        double error = Math.sqrt(
                variance(fromPrior) / 100_000 + variance(terms.logWeight().exp()) / 4000);

        assertThat(byPosterior).isCloseTo(fromPrior.mean().getDouble(), within(4 * error));
    }

    /** L_1 with the sampled KL and the ELBO with the closed one, over the same samples: only the KL differs. */
    @Test
    void withOneDrawTheImportanceWeightedBoundIsTheElboWithTheClosedKlInMean() {
        Vae model = initialized(Models.learnedPrior(), DataType.FLOAT64);
        BoundTerms terms = boundTerms(model, bits(2, DataType.FLOAT64), 20_000, Noise.seeded(6, 0, 0));
        double[] closed = terms.elbo().toDoubleArray();

        for (int example = 0; example < 2; example++) {
            NDArray sampledKl = terms.layers().get(0).sampledKl().get(":, " + example);
            double error = Math.sqrt(variance(sampledKl) / 20_000);
            double bound = terms.logWeight().get(":, " + example).mean().getDouble();
            assertThat(error).isPositive();
            assertThat(bound).isCloseTo(closed[example], within(4 * error));
        }
    }

    private static double variance(NDArray values) {
        double mean = values.mean().getDouble();
        return values.square().mean().getDouble() - mean * mean;
    }

    private BoundTerms boundTerms(LatentModel model, NDArray x, long samples, Noise noise) {
        return model.boundTerms(evaluation(noise), x, Condition.none(), samples);
    }

    private float[] reconstruction(LatentModel model, NDArray x) {
        return model.reconstruct(evaluation(Noise.engine()), x, Condition.none())
                .mean()
                .toFloatArray();
    }
}
