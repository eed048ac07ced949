package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.EngineTest;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.LinearGaussianLine;
import io.vae4j.core.objective.Objective;
import org.junit.jupiter.api.Test;

class LossBlockTest extends EngineTest {

    /**
     * At a = w = 1, s = 0 the KL of an example is x^2 / 2, and the reconstruction is {@code E (x - z)^2 / 2 + log
     * sqrt(2 pi)} for z ~ N(x, 1), which is 1/2 and the constant.
     */
    @Test
    void theBlockAnswersTheLossOfEachExample() {
        int copies = 20_000;
        NDArray x = array(0.5, -2).reshape(2, 1).repeat(0, copies);
        LossBlock block = initialized(new Elbo(3, 1));
        NDArray loss = block.forward(new ParameterStore(manager, false), new NDList(x), false)
                .singletonOrThrow();

        assertThat(loss.getShape()).isEqualTo(new Shape(2L * copies));
        double constant = 0.5 + 0.5 * Math.log(2 * Math.PI);
        // the variance of eps^2 / 2 is 1/2
        double error = 4 * Math.sqrt(0.5 / copies);
        assertThat(loss.get("0:" + copies).mean().getDouble()).isCloseTo(constant + 3 * 0.125, within(error));
        assertThat(loss.get(copies + ":").mean().getDouble()).isCloseTo(constant + 3 * 2, within(error));
    }

    @Test
    void theObjectiveSaysHowManySamplesItWants() {
        LossBlock block = initialized(new Iwae(2000));
        NDArray x = array(0.5).reshape(1, 1);
        NDArray loss = block.forward(new ParameterStore(manager, false), new NDList(x), false)
                .singletonOrThrow();

        // log p(x) = log N(x; 0, 2); at q = N(x, 1) the weights are proportional to exp((x - z) z), and bounded
        double marginal = -0.5 * Math.log(4 * Math.PI) - 0.25 * 0.25;
        assertThat(loss.getDouble(0)).isCloseTo(-marginal, within(0.1));
    }

    @Test
    void itsShapeIsThatOfTheBatchAndItsParametersThoseOfTheModel() {
        LossBlock block = initialized(new Elbo());

        assertThat(block.getOutputShapes(new Shape[] {new Shape(7, 1)})).containsExactly(new Shape(7));
        assertThat(block.getParameters().keys()).containsExactly("01model_a", "01model_s", "01model_w");
        assertThat(block.isInitialized()).isTrue();
    }

    @Test
    void theMeanLossIsTheMeanOverTheBatchWhateverTheLabels() {
        NDList predictions = new NDList(array(1, 2, 6));

        assertThat(new MeanLoss().evaluate(new NDList(), predictions).getDouble())
                .isCloseTo(3, within(1e-15));
        assertThat(new MeanLoss().getName()).isEqualTo("MeanLoss");
    }

    private LossBlock initialized(Objective objective) {
        LossBlock block = new LossBlock(new LinearGaussianLine(), objective);
        block.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        return block;
    }
}
