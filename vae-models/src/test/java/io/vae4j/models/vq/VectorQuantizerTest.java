package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The quantization and its gradients; the linear map is the identity, so that features are the encoder's outputs. */
class VectorQuantizerTest extends QuantizedTest {

    private static final double BETA = 0.25;

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void everyPositionTakesTheCodeThatASearchOverAllFindsNearest(DataType type) {
        NDArray codes = manager.randomNormal(0, 1, new Shape(7, 3), type);
        NDArray features = manager.randomNormal(0, 1, new Shape(2, 4, 3, 2, 5), type);
        VectorQuantizer quantizer =
                identity(codebook(7, 3, BY_AVERAGE), codes, BETA, QuantizationGradient.STRAIGHT_THROUGH);
        Sample draw = quantizer.infer(evaluation(0), features, Condition.none()).sample(evaluation(0), 1);
        NDArray indices = draw.codes().orElseThrow();

        assertThat(indices.getShape()).isEqualTo(new Shape(2, 4, 2, 5));
        assertThat(indices.getDataType()).isEqualTo(DataType.INT64);
        assertThat(draw.value().getShape()).isEqualTo(features.getShape());
        for (long place = 0; place < 2 * 4 * 2 * 5; place++) {
            NDIndex at = new NDIndex(place / 40, place / 10 % 4).addAllDim().addIndices(place / 5 % 2, place % 5);
            double[] distances = codes.sub(features.get(at))
                    .square()
                    .sum(new int[] {1})
                    .toType(DataType.FLOAT64, true)
                    .toDoubleArray();
            int best = 0;
            for (int code = 1; code < 7; code++) {
                best = distances[code] < distances[best] ? code : best;
            }
            long chosen = indices.getLong(place / 40, place / 10 % 4, place / 5 % 2, place % 5);
            assertThat(chosen).isEqualTo(best);
            assertThat(draw.value().get(at)).isEqualTo(codes.get(chosen));
        }
    }

    @Test
    void drawsAreTheSamePointWithProbabilityOne() {
        VectorQuantizer quantizer = quantizer(QuantizationGradient.STRAIGHT_THROUGH, BY_AVERAGE);
        ApproximatePosterior q = quantizer.infer(evaluation(0), features(), Condition.none());
        Sample draw = q.sample(evaluation(0), 3);

        assertThat(draw.value().getShape()).isEqualTo(new Shape(3, 2, 2, 1, 2));
        assertThat(draw.value().get(2))
                .isEqualTo(draw.value().get(0))
                .isEqualTo(q.pointEstimate().get(0));
        assertThat(draw.codes().orElseThrow().getShape()).isEqualTo(new Shape(3, 2, 1, 2));
        assertThat(draw.logProb().orElseThrow().get().toDoubleArray()).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(q.density()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(QuantizationGradient.class)
    void theValueDownstreamIsTheCodeToTheLastBit(QuantizationGradient gradient) {
        VectorQuantizer quantizer = quantizer(gradient, BY_AVERAGE);
        ApproximatePosterior q = quantizer.infer(evaluation(0), features(), Condition.none());

        assertThat(q.sample(evaluation(0), 1).value()).isEqualTo(q.pointEstimate());
        // features near (1, 0), (0, 2), (-1, -1) and (0, 2)
        assertThat(q.pointEstimate().toDoubleArray()).containsExactly(1, 0, 0, 2, -1, 0, -1, 2);
    }

    /** With f a function of z, df/dfeatures is f's gradient at the code itself. */
    @Test
    void theStraightThroughGradientIsTheDecodersAtTheCode() {
        VectorQuantizer quantizer = quantizer(QuantizationGradient.STRAIGHT_THROUGH, BY_AVERAGE);
        NDArray features = features();
        NDArray code = quantizer
                .infer(evaluation(0), features, Condition.none())
                .pointEstimate()
                .duplicate();
        NDArray throughQuantizer = gradient(features, x -> decoder(value(quantizer, x)));

        assertThat(throughQuantizer).isEqualTo(gradient(code, VectorQuantizerTest::decoder));
    }

    /** {@code (|e|/|z|) R^T g} for the rotation matrix that turns z's direction onto e's in their plane. */
    @Test
    void theRotationsGradientIsThatOfTheExplicitMatrix() {
        NDArray codes = array(new Shape(1, 3), 0.5, 2, -1);
        VectorQuantizer quantizer = identity(codebook(1, 3, BY_AVERAGE), codes, BETA, QuantizationGradient.ROTATION);
        NDArray features = array(new Shape(1, 1, 3, 1, 1), 1.5, 0.3, 0.4);
        NDArray weights = array(new Shape(1, 1, 3, 1, 1), 0.7, -1.1, 0.2);
        NDArray actual =
                gradient(features, x -> value(quantizer, x).mul(weights).sum());

        RealVector z = new ArrayRealVector(new double[] {1.5, 0.3, 0.4});
        RealVector e = new ArrayRealVector(new double[] {0.5, 2, -1});
        RealMatrix turn = rotation(z.unitVector(), e.unitVector());
        double ratio = e.getNorm() / z.getNorm();
        RealVector expected = turn.preMultiply(new ArrayRealVector(new double[] {0.7, -1.1, 0.2}))
                .mapMultiply(ratio);
        assertThat(turn.operate(z).mapMultiply(ratio).getDistance(e)).isLessThan(1e-12);
        assertThat(actual.toDoubleArray()).containsExactly(expected.toArray(), within(1e-12));
    }

    /** By the orthonormal basis (a, b) of the plane: I + sin (b a^T - a b^T) + (cos - 1)(a a^T + b b^T). */
    private static RealMatrix rotation(RealVector from, RealVector to) {
        double cosine = from.dotProduct(to);
        RealVector across = to.subtract(from.mapMultiply(cosine));
        double sine = across.getNorm();
        RealVector b = across.unitVector();
        RealMatrix plane = from.outerProduct(from).add(b.outerProduct(b));
        RealMatrix skew = b.outerProduct(from).subtract(from.outerProduct(b));
        return MatrixUtils.createRealIdentityMatrix(from.getDimension())
                .add(skew.scalarMultiply(sine))
                .add(plane.scalarMultiply(cosine - 1));
    }

    @Test
    void aRotationOfAVectorWithNoDirectionIsFinite() {
        NDArray codes = array(new Shape(1, 2), 1, 0);
        VectorQuantizer quantizer = identity(codebook(1, 2, BY_AVERAGE), codes, BETA, QuantizationGradient.ROTATION);
        // the origin, and the direction opposite to the code
        NDArray features = array(new Shape(1, 1, 2, 1, 2), 0, -3, 0, 0);
        NDArray gradient = gradient(features, x -> value(quantizer, x).sum());

        for (double element : gradient.toDoubleArray()) {
            assertThat(element).isFinite();
        }
        assertThat(value(quantizer, features).toDoubleArray()).containsExactly(1, 1, 0, 0);
    }

    @Test
    void theCommitmentPullsTheEncoderAndNotTheCodes() {
        Codebook codebook = codebook(3, 2, BY_AVERAGE);
        VectorQuantizer quantizer = identity(codebook, threeCodes(), BETA, QuantizationGradient.STRAIGHT_THROUGH);
        NDArray features = features();
        NDArray nearest =
                quantizer.infer(evaluation(0), features, Condition.none()).pointEstimate();
        double[] expected = Ops.scale(features.sub(nearest), 2 * BETA).toDoubleArray();
        NDArray gradient = gradient(features, x -> penalty(quantizer, x).sum());

        assertThat(gradient.toDoubleArray()).containsExactly(expected, within(1e-12));
        assertThat(parameter(codebook, "codes").hasGradient()).isFalse();
    }

    @Test
    void theCodebookTermPullsTheCodesAndNotTheEncoder() {
        Codebook codebook = codebook(3, 2, BY_GRADIENT);
        VectorQuantizer quantizer = identity(codebook, threeCodes(), 0, QuantizationGradient.STRAIGHT_THROUGH);
        NDArray features = features();
        NDArray ofFeatures = gradient(features, x -> penalty(quantizer, x).sum());
        NDArray ofCodes = parameter(codebook, "codes").getGradient();

        assertThat(ofFeatures.abs().sum().getDouble()).isZero();
        // 2 (e - z) over the outputs nearest to each: one, two and one
        assertThat(ofCodes.toDoubleArray())
                .containsExactly(new double[] {-0.4, -0.2, -0.2, -0.4, -0.6, 0.8}, within(1e-12));
    }

    @Test
    void noGradientOfTheDecoderReachesTheCodes() {
        Codebook codebook = codebook(3, 2, BY_GRADIENT);
        for (QuantizationGradient gradient : QuantizationGradient.values()) {
            VectorQuantizer quantizer = identity(codebook, threeCodes(), BETA, gradient);
            NDArray ofFeatures = gradient(features(), x -> decoder(value(quantizer, x)));

            assertThat(ofFeatures.abs().sum().getDouble()).isPositive();
            NDArray ofCodes = parameter(codebook, "codes").getGradient();
            assertThat(ofCodes.abs().sum().toType(DataType.FLOAT64, true).getDouble())
                    .isZero();
        }
    }

    @Test
    void thePenaltyIsASumOverEventsForEachExample() {
        VectorQuantizer gradient = quantizer(QuantizationGradient.STRAIGHT_THROUGH, BY_GRADIENT);
        VectorQuantizer average = quantizer(QuantizationGradient.STRAIGHT_THROUGH, BY_AVERAGE);
        // squared distances of the two positions of each example
        double[] distances = {0.05 + 0.05, 0.25 + 0.04};

        assertThat(penalty(average, features()).toDoubleArray())
                .containsExactly(new double[] {BETA * distances[0], BETA * distances[1]}, within(1e-12));
        assertThat(penalty(gradient, features()).toDoubleArray())
                .containsExactly(new double[] {(1 + BETA) * distances[0], (1 + BETA) * distances[1]}, within(1e-12));
    }

    @Test
    void featuresThatAreNoGridAreRefused() {
        VectorQuantizer quantizer = quantizer(QuantizationGradient.STRAIGHT_THROUGH, BY_AVERAGE);

        assertThatThrownBy(() -> quantizer.infer(evaluation(0), manager.ones(new Shape(1, 4, 2)), Condition.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1, 4, 2)")
                .hasMessageContaining("positions");
    }

    private VectorQuantizer quantizer(QuantizationGradient gradient, CodebookUpdate update) {
        return identity(codebook(3, 2, update), threeCodes(), BETA, gradient);
    }

    private NDArray threeCodes() {
        return array(new Shape(3, 2), 1, 0, 0, 2, -1, -1);
    }

    /** Two examples of 1 x 2 positions: (1.2, 0.1), (-0.1, 2.2) and (-0.7, -1.4), (0.2, 2). */
    private NDArray features() {
        return array(new Shape(1, 2, 2, 1, 2), 1.2, -0.1, 0.1, 2.2, -0.7, 0.2, -1.4, 2);
    }

    private NDArray value(VectorQuantizer quantizer, NDArray features) {
        return quantizer
                .infer(training(0), features, Condition.none())
                .sample(training(0), 1)
                .value();
    }

    private NDArray penalty(VectorQuantizer quantizer, NDArray features) {
        return quantizer
                .infer(training(0), features, Condition.none())
                .penalty()
                .orElseThrow();
    }

    /** A scalar function with a gradient that depends on where it is taken. */
    private static NDArray decoder(NDArray z) {
        return z.sin().mul(z).sum();
    }
}
