package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class StandardNormalTest extends EngineTest {

    private static final NormalDistribution REFERENCE = new NormalDistribution();

    @Test
    void eachElementHasTheDensityOfTheReference() {
        NDArray value = array(-3, 0, 1.5).reshape(1, 3);
        double[] each = normal().logProbEach(value).toDoubleArray();

        assertThat(each)
                .containsExactly(
                        new double[] {REFERENCE.logDensity(-3), REFERENCE.logDensity(0), REFERENCE.logDensity(1.5)},
                        within(1e-14));
        assertThat(normal().logProb(value).getDouble(0, 0)).isCloseTo(each[0] + each[1] + each[2], within(1e-14));
    }

    @Test
    void aDrawIsTheNoiseItselfWithItsDensity() {
        NDArray eps = array(0.3, -1, 2, 0, 1, -2).reshape(2, 1, 3);
        Sample draw = normal().rsample(Noise.given(List.of(eps)), 2);

        assertThat(draw.value().toDoubleArray()).containsExactly(eps.toDoubleArray());
        assertThat(draw.logProb().orElseThrow().get().getDouble(0, 0))
                .isCloseTo(
                        REFERENCE.logDensity(0.3) + REFERENCE.logDensity(-1) + REFERENCE.logDensity(2), within(1e-14));
        assertThat(draw.codes()).isEmpty();
    }

    @Test
    void theDivergenceFromADiagonalIsThatOfTheDiagonalFamily() {
        DiagonalNormal p = new DiagonalNormal(
                array(0.5, -1, 0).reshape(1, 1, 3), array(0.3, 0, -0.7).reshape(1, 1, 3), 1);
        double[] expected = {0.5 * (1 + 0.25) / Math.exp(0.6) - 0.5 + 0.3, 0.5, 0.5 / Math.exp(-1.4) - 0.5 - 0.7};

        assertThat(normal().klEach(p).orElseThrow().toDoubleArray()).containsExactly(expected, within(1e-14));
        assertThat(normal().kl(p).orElseThrow().getDouble(0, 0))
                .isCloseTo(expected[0] + expected[1] + expected[2], within(1e-14));
        assertThat(normal().kl(normal()).orElseThrow().getDouble(0, 0)).isZero();
        assertThat(normal().kl(new Laplace(p.loc(), p.logScale(), 1))).isEmpty();
    }

    @Test
    void entropyIsHalfLogTwoPiEForEachElement() {
        double one = 0.5 * Math.log(2 * Math.PI * Math.E);

        assertThat(normal().entropyEach().orElseThrow().toDoubleArray())
                .containsExactly(new double[] {one, one, one}, within(1e-14));
        assertThat(normal().entropy().orElseThrow().getDouble(0, 0)).isCloseTo(3 * one, within(1e-14));
    }

    @Test
    void itTakesTypeAndOwnerFromAnotherArray() {
        NDArray like = manager.zeros(new Shape(4), DataType.FLOAT32);
        StandardNormal single = StandardNormal.over(like, 2);

        assertThat(single.shape()).isEqualTo(new Shape(1, 1, 2));
        assertThat(single.mean().getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(single.mean().toFloatArray()).containsExactly(0, 0);
        assertThat(single.mean().getManager()).isSameAs(like.getManager());
        assertThat(single.eventRank()).isEqualTo(1);
    }

    @Test
    void anotherMeanThanZeroIsRefused() {
        StandardNormal wrong = new StandardNormal(array(0, 0.5).reshape(1, 1, 2), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checked.parameters(wrong))
                .withMessageContainingAll("element 1 of zeros", "0.5", "DiagonalNormal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StandardNormal(array(0, 0), 1))
                .withMessageContaining("zeros");
        assertThat(normal().support()).isEqualTo(Support.REAL);
    }

    private StandardNormal normal() {
        return StandardNormal.over(array(0), 3);
    }
}
