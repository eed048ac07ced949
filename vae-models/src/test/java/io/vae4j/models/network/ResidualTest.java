package io.vae4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    /** A dense branch of 2 units over 3 inputs, in plain arithmetic. */
    @Test
    void theBranchIsAddedToTheFirstOfTheInputs() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Mlp branch = new Mlp(List.of(2), Activation.IDENTITY, START);
            Residual residual = new Residual(branch);
            residual.initialize(manager, DataType.FLOAT64, new Shape(1, 3));
            NDArray x = manager.randomNormal(0, 1, new Shape(2, 5, 3), DataType.FLOAT64);
            NDArray y = residual.features(pass(manager), x, Condition.none());
            NDArray weight = branch.getParameters().valueAt(0).getArray();
            NDArray bias = branch.getParameters().valueAt(1).getArray();

            assertThat(y.getShape()).isEqualTo(new Shape(2, 5, 2));
            for (int row = 0; row < 5; row++) {
                for (int unit = 0; unit < 2; unit++) {
                    double expected = x.getDouble(1, row, unit) + bias.getDouble(unit);
                    for (int i = 0; i < 3; i++) {
                        expected += weight.getDouble(unit, i) * x.getDouble(1, row, i);
                    }
                    assertThat(y.getDouble(1, row, unit)).isCloseTo(expected, within(1e-12));
                }
            }
        }
    }

    @Test
    void aBranchWiderThanItsInputIsRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Residual residual = new Residual(new Mlp(List.of(4), Activation.RELU, START));

            assertThatThrownBy(() -> residual.initialize(manager, DataType.FLOAT32, new Shape(1, 3)))
                    .hasMessageContaining("makes 4 features of 3");
        }
    }

    /** The center pixel sees its neighbors: a kernel of size 3 over maps that keep their size. */
    @Test
    void convolutionalFeaturesKeepTheSizeOfTheMaps() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ConvolutionalFeatures network = new ConvolutionalFeatures(List.of(4, 5), Activation.RELU, START);
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 6, 7), new Shape(1, 3));
            NDArray maps = manager.randomNormal(new Shape(2, 3, 2, 6, 7));
            Condition condition = Condition.given(manager.ones(new Shape(3, 3)));
            NDArray features = network.features(pass(manager), maps, condition);

            assertThat(features.getShape()).isEqualTo(new Shape(2, 3, 5, 6, 7));
            assertThat(features.min().getFloat()).isNotNegative();
        }
    }

    private static Pass pass(NDManager manager) {
        return Pass.evaluation(new ParameterStore(manager, false), manager, Noise.seeded(0, 0, 0));
    }
}
