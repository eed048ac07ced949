package io.vae4j.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.EngineTest;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AtenTest extends EngineTest {

    @Test
    void overwritingKeepsTheArraysMemoryAndItsGradient() {
        NDArray target = array(1, 2);
        target.setRequiresGradient(true);
        NDArray view = target.reshape(2, 1);

        Aten.overwrite(target, array(3, 4));
        assertThat(view.toDoubleArray()).containsExactly(3, 4);
        assertThat(target.hasGradient()).isTrue();
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(target.square().sum());
        }
        assertThat(target.getGradient().toDoubleArray()).containsExactly(6, 8);
        assertThatThrownBy(() -> Aten.overwrite(target, array(5))).hasMessageContaining("expected equal shapes");
    }

    @Test
    void tanhIsThatOfTheStandardLibraryToARoundingAndHasItsGradient() {
        double[] points = {-90, -20, -3, -0.1, -1e-6, 0, 1e-6, 0.5, 1, 9, 90, Double.POSITIVE_INFINITY};
        double[] expected = Arrays.stream(points).map(Math::tanh).toArray();
        NDArray x = array(points);

        assertThat(Aten.tanh(x).toDoubleArray()).containsExactly(expected, within(3e-16));
        NDArray narrow = Aten.tanh(x.toType(DataType.FLOAT32, false));
        assertThat(narrow.toType(DataType.FLOAT64, false).toDoubleArray()).containsExactly(expected, within(1.2e-7));
        assertThat(x.toDoubleArray()).containsExactly(points);
        // x itself is a leaf; what a layer makes of its parameters is not
        assertGradient(leaf -> Aten.tanh(leaf.add(leaf)), array(-2, -0.1, 0, 1e-4, 0.5, 3));
    }

    @Test
    void choleskyInvertsTheSquareOfATriangle() {
        NDArray lower = array(1.5, 0, 0.5, 2).reshape(1, 2, 2);

        assertThat(Aten.cholesky(lower.matMul(lower.transpose(0, 2, 1))).toDoubleArray())
                .containsExactly(lower.toDoubleArray(), within(1e-12));
        // the square keeps the argument symmetric and positive, whatever the differences do to x
        assertGradient(x -> Aten.cholesky(x.matMul(x.transpose(0, 2, 1))), lower);
    }

    @Test
    void solvesTriangularSystemsAndBroadcastsThem() {
        NDArray lower = array(2, 9, 1, 4).reshape(1, 2, 2);
        NDArray right = array(2, 5, 4, 6, 8, 6).reshape(3, 2, 1);

        // forward substitution by hand; the 9 above the diagonal is not read
        assertThat(Aten.solveLower(right, lower).toDoubleArray())
                .containsExactly(new double[] {1, 1, 2, 1, 4, 0.5}, within(1e-12));
        assertGradient(x -> Aten.solveLower(x, lower), right);
        assertGradient(x -> Aten.solveLower(right, x), lower);
    }

    @Test
    void rowsAreReadFromATableAndTheirGradientsAddUp() {
        NDArray table = array(1, 2, 3, 4, 5, 6).reshape(3, 2);
        NDArray indices = array(2, 0, 2, 2).reshape(2, 2).toType(DataType.INT64, false);

        assertThat(Aten.rows(indices, table).getShape()).isEqualTo(new Shape(2, 2, 2));
        assertThat(Aten.rows(indices, table).toDoubleArray()).containsExactly(5, 6, 1, 2, 5, 6, 5, 6);
        assertGradient(x -> Aten.rows(indices, x), table);
    }

    @Test
    void causalAttentionAveragesEarlierValuesByTheSoftmaxOfProducts() {
        NDArray queries = array(0.3, -1, 0.5, 2).reshape(1, 2, 2);
        NDArray keys = array(1, 0.4, -0.2, 0.6).reshape(1, 2, 2);
        NDArray values = array(3, -1, 7, 5).reshape(1, 2, 2);
        // the second query against both keys
        double first = Math.exp((0.5 * 1 + 2 * 0.4) / Math.sqrt(2));
        double second = Math.exp((0.5 * -0.2 + 2 * 0.6) / Math.sqrt(2));
        double share = first / (first + second);

        assertThat(Aten.causalAttention(queries, keys, values).toDoubleArray())
                .containsExactly(
                        new double[] {3, -1, share * 3 + (1 - share) * 7, share * -1 + (1 - share) * 5}, within(1e-12));
        assertGradient(x -> Aten.causalAttention(x, keys, values), queries);
        assertGradient(x -> Aten.causalAttention(queries, x, values), keys);
        assertGradient(x -> Aten.causalAttention(queries, keys, x), values);
    }

    @Test
    void diagonalsAndTrianglesAreTakenAndPlaced() {
        NDArray matrix = array(1, 2, 3, 4).reshape(1, 2, 2);

        assertThat(Aten.diagonal(matrix).toDoubleArray()).containsExactly(1, 4);
        assertThat(Aten.strictlyLower(matrix).toDoubleArray()).containsExactly(0, 0, 3, 0);
        assertThat(Aten.diagonalMatrix(array(5, 6)).toDoubleArray()).containsExactly(5, 0, 0, 6);
        assertGradient(Aten::diagonal, matrix);
        assertGradient(Aten::strictlyLower, matrix);
        assertGradient(Aten::diagonalMatrix, array(5, 6));
    }

    /** Of the sum of sines, so that each element of the result has a slope of its own. */
    private void assertGradient(Function<NDArray, NDArray> function, NDArray at) {
        Function<NDArray, NDArray> score = x -> function.apply(x).sin().sum();

        assertThat(gradient(score, at).toDoubleArray()).containsExactly(differences(score, at), within(1e-7));
    }

    @Test
    void aLinearLayerLeavesNothingButItsResult() {
        NDArray x = array(1, 2, 3, 4, 5, 6).reshape(1, 3, 2);
        NDArray weight = array(1, 0, 0, 1, 1, 1).reshape(3, 2);
        NDArray bias = array(0, 0, 10);
        int before = manager.getManagedArrays().size();

        NDArray y = Aten.linear(x, weight, bias);

        assertThat(manager.getManagedArrays()).hasSize(before + 1);
        assertThat(y.getShape()).isEqualTo(new Shape(1, 3, 3));
        assertThat(y.toDoubleArray()).containsExactly(1, 2, 13, 3, 4, 17, 5, 6, 21);
    }

    @Test
    void bitsMayBeOfAnotherType() {
        NDArray logits = array(1, -1).reshape(1, 1, 2);
        NDArray bits = array(1, 0).reshape(1, 2).toType(DataType.BOOLEAN, true);

        assertThat(gradient(l -> Aten.bitLogLikelihood(l, bits), logits.reshape(1, 1, 2))
                        .toDoubleArray())
                .containsExactly(new double[] {1 / (1 + Math.E), -1 / (1 + Math.E)}, within(1e-12));
    }
}
