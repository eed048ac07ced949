package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.models.network.Dense;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Quantizers, codebooks and priors over codes answer DJL's untyped forward. */
class UntypedCodesTest extends QuantizedTest {

    private static final Shape GRID = new Shape(2, 2);
    private static final double[] CODES = {0, 0, 1, 1, -2, 3};

    @Test
    void aCodebooksOutputIsTheNearestCodes() {
        Codebook codebook = initialized(codebook(3, 2, BY_GRADIENT), array(new Shape(3, 2), CODES));

        assertThat(output(codebook, array(new Shape(2, 2), 0.9, 0.8, -1, 2)).toDoubleArray())
                .containsExactly(1, 1, -2, 3);
    }

    @Test
    void theMovingAveragesOutputIsCountsBesideSums() {
        MovingAverages averages = new MovingAverages(new Shape(3, 2), new CodebookUpdate.ByMovingAverage());
        averages.initialize(manager, DataType.FLOAT64, new Shape(3, 2));
        parameter(averages, "counts").set(new double[] {7, 8, 9});
        parameter(averages, "sums").set(new double[] {1, 2, 3, 4, 5, 6});

        assertThat(output(averages, array(new Shape(3, 2), CODES)).toDoubleArray())
                .containsExactly(7, 1, 2, 8, 3, 4, 9, 5, 6);
    }

    @Test
    void aQuantizersOutputIsZAndItsMeanIsItsCenter() {
        VectorQuantizer quantizer = identity(
                codebook(3, 2, BY_GRADIENT),
                array(new Shape(3, 2), CODES),
                0.25,
                QuantizationGradient.STRAIGHT_THROUGH);
        NDArray features = array(new Shape(1, 2, 1, 2), 0.9, -1, 0.8, 2);
        NDArray z = output(quantizer, features);
        var q = quantizer.infer(evaluation(0), features.expandDims(0), Condition.none());

        assertThat(z.toDoubleArray()).containsExactly(1, -2, 1, 3);
        assertThat(q.mean().orElseThrow()).isEqualTo(q.pointEstimate());
    }

    @Test
    void aPriorsOutputIsTheLogProbabilityOfEachGrid() {
        Codebook codebook = initialized(codebook(3, 2, BY_GRADIENT), array(new Shape(3, 2), CODES));
        UniformCodes uniform = new UniformCodes(codebook);
        AutoregressiveTransformer transformer =
                new AutoregressiveTransformer(3, new AutoregressiveTransformer.Size(4, 2, 2), START);
        transformer.initialize(manager, DataType.FLOAT64, new Shape(1).addAll(GRID));
        uniform.initialize(manager, DataType.FLOAT64, new Shape(1, 2).addAll(GRID));
        NDArray grids = codes(new Shape(2).addAll(GRID), 0, 1, 2, 0, 2, 2, 1, 1);
        double[] expected = transformer
                .logProb(evaluation(0), grids.expandDims(0), Condition.none())
                .toDoubleArray();

        assertThat(output(uniform, grids).toType(DataType.FLOAT64, true).toDoubleArray())
                .containsExactly(new double[] {-4 * Math.log(3), -4 * Math.log(3)}, within(1e-6));
        assertThat(output(transformer, grids).toDoubleArray()).containsExactly(expected, within(1e-12));
        assertThat(expected[0]).isNotEqualTo(expected[1]);
        assertThat(uniform.layers()).isEqualTo(1);
    }

    /** It is initialized with the shape of z, whose channels no grid of codes has. */
    @Test
    void aPriorOfOnesOwnIsInitializedByRunningItOnCodes() {
        Codebook codebook = initialized(codebook(3, 2, BY_GRADIENT), array(new Shape(3, 2), CODES));
        Scores prior = new Scores(codebook);
        prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2).addAll(GRID));
        NDArray grids = codes(new Shape(2).addAll(GRID), 0, 1, 2, 0, 2, 2, 1, 1);

        assertThat(parameter(prior.score, "weight").getShape()).isEqualTo(new Shape(1, 4));
        assertThat(output(prior, grids).getShape()).isEqualTo(new Shape(2));
    }

    @Test
    void givenCodesAreTakenAsTheyAre() {
        Codebook codebook = initialized(codebook(3, 2, BY_GRADIENT), array(new Shape(3, 2), CODES));
        NDArray given = array(new Shape(1, 1, 2, 1, 1), 5, 6);

        assertThat(new UniformCodes(codebook)
                        .sample(evaluation(0), List.of(given), 1, Condition.none())
                        .value())
                .isEqualTo(given);
    }

    @Test
    void aLayersOutputHasTheShapeOfItsInput() {
        TransformerBlock layer = new TransformerBlock(4, 2, START);
        layer.initialize(manager, DataType.FLOAT64, new Shape(1, 3, 4));
        NDArray x = array(new Shape(1, 3, 4), 1, 2, 3, 4, -1, 0, 2, 1, 0, 0, 1, -1);

        assertThat(output(layer, x).toDoubleArray())
                .containsExactly(layer.apply(evaluation(0), x).toDoubleArray(), within(1e-12))
                .isNotEqualTo(x.toDoubleArray());
        assertThat(layer.getChildren().keys()).hasSize(4);
    }

    @Test
    void settingsAtTheEdgeAreAccepted() {
        assertThat(new AutoregressiveTransformer.Size(1, 1, 1).layers()).isEqualTo(1);
        assertThat(new CodebookUpdate.ByMovingAverage(0, 1e-5).decay()).isZero();
        assertThat(new CodebookStart.Clusters(0).iterations()).isZero();
        assertThatThrownBy(() -> new CodebookUpdate.ByMovingAverage(0.9, Double.POSITIVE_INFINITY))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> codebook(2, 0, BY_AVERAGE)).hasMessageContaining("length 0");
    }

    /** The block's answer to its inputs, whose shape it must have foretold. */
    private NDArray output(Block block, NDArray... inputs) {
        NDArray output = block.forward(store, new NDList(inputs), false).singletonOrThrow();
        Shape[] shapes = Stream.of(inputs).map(NDArray::getShape).toArray(Shape[]::new);

        assertThat(block.getOutputShapes(shapes)).containsExactly(output.getShape());
        return output;
    }

    /** Not normalized, and enough for shapes: a linear function of the codes' numbers. */
    private static final class Scores extends DiscretePrior {

        private final Dense score = child("score", new Dense(1, START));

        Scores(Codebook codebook) {
            super(codebook);
        }

        @Override
        public NDArray logProb(Pass pass, NDArray codes, Condition condition) {
            Shape rows = codes.getShape().slice(0, 2).add(-1);
            return score.apply(pass, codes.toType(DataType.FLOAT64, false).reshape(rows))
                    .squeeze(-1);
        }

        @Override
        public NDArray sampleCodes(Pass pass, long samples, Condition condition) {
            return codes().uniform(pass, new Shape(samples, condition.batch()).addAll(GRID));
        }
    }
}
