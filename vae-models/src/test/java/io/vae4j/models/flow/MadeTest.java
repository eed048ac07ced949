package io.vae4j.models.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BlockTest;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MadeTest extends BlockTest {

    private static final int D = 4;

    @ParameterizedTest
    @EnumSource(Order.class)
    void eachOutputDependsOnAllElementsBeforeItAndOnNoOther(Order order) {
        Made made = initialized(made(List.of(9, 8), order), 1, new Shape(1, D), new Shape(1, 2));
        NDArray z = normal(1, 1, 1, D);
        NDArray context = normal(2, 1, 1, 2);
        List<Function<Made.Terms, NDArray>> outputs = List.of(Made.Terms::shift, Made.Terms::gate);

        for (Function<Made.Terms, NDArray> output : outputs) {
            for (int i = 0; i < D; i++) {
                String element = "0, 0, " + i;
                double[] slope = gradient(
                                z.duplicate(),
                                at -> output.apply(made.given(pass(), context).apply(at))
                                        .get(element)
                                        .add(at.sum().mul(zero())))
                        .toDoubleArray();
                for (int j = 0; j < D; j++) {
                    boolean before = order == Order.FORWARDS ? j < i : j > i;
                    assertThat(slope[j] != 0)
                            .as("output %d reads element %d", i, j)
                            .isEqualTo(before);
                }
            }
        }
    }

    @Test
    void aSingleElementHearsOfTheContextAlone() {
        Made made = initialized(
                new Made(1, List.of(3), Activation.TANH, Initialization.FAN_IN_UNIFORM, Order.FORWARDS),
                1,
                new Shape(1, 1),
                new Shape(1, 2));
        NDArray context = normal(2, 1, 1, 2);
        double[] one =
                made.given(pass(), context).apply(normal(3, 1, 1, 1)).gate().toDoubleArray();
        double[] other =
                made.given(pass(), context).apply(normal(4, 1, 1, 1)).gate().toDoubleArray();
        double[] elsewhere = made.given(pass(), context.neg())
                .apply(normal(3, 1, 1, 1))
                .gate()
                .toDoubleArray();

        assertThat(one).isEqualTo(other).isNotEqualTo(elsewhere);
    }

    @Test
    void layersTooNarrowForEveryPathAreRefused() {
        assertThatThrownBy(() -> made(List.of(9, 3), Order.FORWARDS))
                .hasMessageContaining("[9, 3]")
                .hasMessageContaining("at least the length of z, 4");
        assertThatThrownBy(() -> made(List.of(), Order.FORWARDS)).hasMessageContaining("[]");
    }

    /** So that the first output, which reads nothing of z, has a graph to it. */
    private NDArray zero() {
        return manager.zeros(new Shape(), DataType.FLOAT64);
    }

    private static Made made(List<Integer> widths, Order order) {
        return new Made(D, widths, Activation.TANH, Initialization.FAN_IN_UNIFORM, order);
    }
}
