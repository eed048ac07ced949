package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class FullNormalTest extends EngineTest {

    private static final double[] LOC = {0.3, -1.2, 0.5};
    private static final double[][] TRIL = {{0.5, 0, 0}, {0.7, 1.3, 0}, {-0.4, 0.2, 0.8}};
    private static final double[][] OTHER_TRIL = {{1.1, 0, 0}, {-0.3, 0.9, 0}, {0.6, 0.1, 1.4}};

    @Test
    void logProbIsThatOfTheMultivariateNormal() {
        double[] at = {0.9, -2, 0.1};
        double expected = Math.log(
                new MultivariateNormalDistribution(LOC, covariance(TRIL).getData()).density(at));

        assertThat(normal().logProb(array(at).reshape(1, 3)).toDoubleArray())
                .containsExactly(new double[] {expected}, within(1e-12));
    }

    @Test
    void theDensityOfADrawIsTheDensityAtTheDraw() {
        Sample draw = normal().rsample(Noise.seeded(1, 0, 0), 5);

        assertThat(draw.value().getShape()).isEqualTo(new Shape(5, 1, 3));
        assertThat(draw.logProb().orElseThrow().get().toDoubleArray())
                .containsExactly(normal().logProb(draw.value()).toDoubleArray(), within(1e-10));
    }

    @Test
    void drawsHaveTheCovarianceOfTheirFactor() {
        NDArray centered = normal().sample(Noise.seeded(2, 0, 0), 100_000)
                .sub(normal().mean())
                .squeeze(1);
        NDArray sample = centered.transpose().matMul(centered).div(array(100_000));

        // the largest standard error, of a variance 2.2 in 100,000 samples, is 2.2 sqrt(2 / 100,000) = 0.0098
        double[] expected = Arrays.stream(covariance(TRIL).getData())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(sample.toDoubleArray()).containsExactly(expected, within(0.04));
    }

    @Test
    void entropyIsHalfTheLogDeterminantOfTheCovariancePlusAConstant() {
        double determinant = new LUDecomposition(covariance(TRIL)).getDeterminant();
        double expected = 0.5 * Math.log(Math.pow(2 * Math.PI * Math.E, 3) * determinant);

        assertThat(normal().entropy().orElseThrow().toDoubleArray())
                .containsExactly(new double[] {expected}, within(1e-12));
    }

    @Test
    void klOfADistributionWithItselfIsZero() {
        assertThat(normal().kl(normal()).orElseThrow().getDouble(0, 0)).isCloseTo(0, within(1e-14));
    }

    @Test
    void klAgreesWithTheCovarianceForm() {
        RealMatrix q = covariance(TRIL);
        RealMatrix p = covariance(OTHER_TRIL);
        RealMatrix inverse = new LUDecomposition(p).getSolver().getInverse();
        RealMatrix distance = new Array2DRowRealMatrix(LOC);
        double moments = inverse.multiply(q).getTrace()
                + distance.transpose().multiply(inverse).multiply(distance).getEntry(0, 0);
        double logDeterminants =
                Math.log(new LUDecomposition(p).getDeterminant()) - Math.log(new LUDecomposition(q).getDeterminant());
        FullNormal other = new FullNormal(manager.zeros(new Shape(1, 1, 3), DataType.FLOAT64), factor(OTHER_TRIL));

        assertThat(normal().kl(other).orElseThrow().getDouble(0, 0))
                .isCloseTo((moments - 3 + logDeterminants) / 2, within(1e-12));
    }

    @Test
    void klAgreesWithMonteCarloBetweenAllNormalFamilies() {
        FullNormal other = new FullNormal(array(-0.5, 0.2, 0).reshape(1, 1, 3), factor(OTHER_TRIL));
        DiagonalNormal diagonal =
                new DiagonalNormal(other.loc(), array(0.1, -0.3, 0.4).reshape(1, 1, 3), 1);
        StandardNormal standard = StandardNormal.over(other.loc(), 3);

        for (Distribution p : List.of(other, diagonal, standard)) {
            assertDivergence(normal(), p);
        }
        assertDivergence(diagonal, normal());
        assertDivergence(standard, normal());
    }

    @Test
    void klToAnotherFamilyIsLeftToTheSamples() {
        assertThat(normal().kl(new Bernoulli(normal().loc(), 1))).isEmpty();
    }

    @Test
    void gradientsOfSamplesDensityAndDivergencesAgreeWithFiniteDifferences() {
        NDArray eps = Noise.seeded(3, 0, 0).normal(new Shape(4, 1, 3), array(0));
        NDArray at = array(0.3, -1.2, 0.5, 0.5, 0, 0, 0.7, 1.3, 0, -0.4, 0.2, 0.8);

        assertThat(gradient(p -> score(p, eps), at).toDoubleArray())
                .containsExactly(differences(p -> score(p, eps), at), within(1e-6));
    }

    /** Samples that share a factor take another path than samples with a factor each; both must give the same. */
    @Test
    void drawsAndExamplesBroadcast() {
        NDArray value = Noise.seeded(4, 0, 0).normal(new Shape(5, 4, 3), array(0));
        NDArray factors = factor(TRIL, OTHER_TRIL, TRIL, OTHER_TRIL).transpose(1, 0, 2, 3);
        NDArray locs = array(LOC).reshape(1, 1, 3).broadcast(new Shape(1, 4, 3));
        FullNormal shared = new FullNormal(locs, factors);
        FullNormal each = new FullNormal(locs.broadcast(new Shape(5, 4, 3)), factors.broadcast(new Shape(5, 4, 3, 3)));

        assertThat(shared.logProb(value).getShape()).isEqualTo(new Shape(5, 4));
        assertThat(shared.logProb(value).toDoubleArray())
                .containsExactly(each.logProb(value).toDoubleArray(), within(1e-10));
        assertThat(shared.rsample(Noise.given(List.of(value)), 5).value().toDoubleArray())
                .containsExactly(
                        each.rsample(Noise.given(List.of(value)), 1).value().toDoubleArray(), within(1e-10));
        assertThat(each.kl(shared).orElseThrow().getShape()).isEqualTo(new Shape(5, 4));
        assertThat(normal().logProb(value).getShape()).isEqualTo(new Shape(5, 4));
        assertThat(normal().logProb(value.get("0")).getShape()).isEqualTo(new Shape(1, 4));
    }

    @Test
    void shapesThatDisagreeAreNamed() {
        NDArray loc = manager.zeros(new Shape(1, 1, 3));

        assertThatThrownBy(() -> new FullNormal(loc, loc))
                .hasMessageContaining("(1, 1, 3)")
                .hasMessageContaining("(1, 1, 3, 3)");
    }

    private void assertDivergence(Distribution q, Distribution p) {
        NDArray samples = q.sample(Noise.seeded(2, 0, 0), 100_000);
        NDArray ratio = q.logProb(samples).sub(p.logProb(samples));
        double mean = ratio.mean().getDouble();
        double error = Math.sqrt((ratio.square().mean().getDouble() - mean * mean) / 100_000);

        assertThat(q.kl(p).orElseThrow().getDouble(0, 0)).isCloseTo(mean, within(4 * error));
    }

    @Test
    void drawsOfSampleCarryNoGradient() {
        NDArray at = array(LOC);
        NDArray slope = gradient(
                loc -> loc.square()
                        .sum()
                        .add(new FullNormal(loc.reshape(1, 1, 3), factor(TRIL))
                                .sample(Noise.seeded(5, 0, 0), 4)
                                .sum()),
                at);

        assertThat(slope.toDoubleArray()).containsExactly(new double[] {0.6, -2.4, 1}, within(1e-14));
    }

    /** Samples that share one factor are its columns; samples with a factor each are not: both must say the same. */
    @Test
    void aFactorForEachDrawGivesTheSameDensityAsASharedOne() {
        NDArray value = Noise.seeded(6, 0, 0).normal(new Shape(2, 3), array(0));
        FullNormal each = new FullNormal(
                array(LOC).reshape(1, 1, 3).repeat(0, 2), factor(TRIL).repeat(0, 2));
        double[] shared = normal().logProb(value.expandDims(1)).toDoubleArray();

        assertThat(each.logProb(value.expandDims(1)).toDoubleArray()).containsExactly(shared, within(1e-12));
        assertThat(normal().logProb(value).toDoubleArray()).containsExactly(shared, within(1e-12));
        assertThat(normal().logProb(value).getShape()).isEqualTo(new Shape(1, 2));
    }

    @Test
    void itIsOverRealVectors() {
        assertThat(normal().eventRank()).isEqualTo(1);
        assertThat(normal().support()).isEqualTo(Support.REAL);
        assertThatThrownBy(() -> normal().logProb(array(1).reshape(1, 1)))
                .hasMessageContaining("(1, 1)")
                .hasMessageContaining("(3)");
    }

    @Test
    void aFactorWhoseDiagonalIsNotPositiveIsNamed() {
        double[][] singular = {{0.5, 0, 0}, {0.7, 0, 0}, {-0.4, 0.2, 0.8}};
        FullNormal flat = new FullNormal(normal().loc(), factor(singular));

        assertThat(Checked.parameters(normal())).isNotNull();
        assertThatThrownBy(() -> Checked.parameters(flat)).hasMessageContaining("element 1 of scaleTril's diagonal");
        assertThatThrownBy(
                        () -> Checked.parameters(new FullNormal(normal().loc().log(), factor(TRIL))))
                .hasMessageContaining("element 1 of loc is NaN");
    }

    private NDArray score(NDArray parameters, NDArray eps) {
        NDArray loc = parameters.get("0:3").reshape(1, 1, 3);
        FullNormal q = new FullNormal(loc, parameters.get("3:12").reshape(1, 1, 3, 3));
        Sample draw = q.rsample(Noise.given(List.of(eps)), 4);
        DiagonalNormal diagonal = new DiagonalNormal(loc.sin(), loc.cos(), 1);
        NDArray divergences = q.kl(StandardNormal.over(loc, 3))
                .orElseThrow()
                .add(q.kl(diagonal).orElseThrow())
                .add(diagonal.kl(q).orElseThrow())
                .add(new FullNormal(loc.neg(), factor(OTHER_TRIL)).kl(q).orElseThrow())
                .add(q.entropy().orElseThrow());
        return draw.value()
                .sin()
                .sum()
                .add(draw.logProb().orElseThrow().get().square().sum())
                .add(q.logProb(eps).sum())
                .add(divergences.sum());
    }

    private FullNormal normal() {
        return new FullNormal(array(LOC).reshape(1, 1, 3), factor(TRIL));
    }

    private NDArray factor(double[][]... rows) {
        double[] flat = Arrays.stream(rows)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return array(flat).reshape(rows.length, 1, 3, 3);
    }

    private static RealMatrix covariance(double[][] tril) {
        RealMatrix factor = new Array2DRowRealMatrix(tril);
        return factor.multiply(factor.transpose());
    }
}
