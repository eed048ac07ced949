package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.models.network.GlobalScale;
import io.vae4j.models.network.Initialisation;
import org.junit.jupiter.api.Test;

/** The exact oracle in float64: everything that a bound or a posterior should be is known. */
class LinearGaussianTest extends ModelTest {

    private static final int D = 2;
    private static final double[][] X = {{0.4, -1.2, 0.3, 0.9, -0.2, 1.1}, {-0.7, 0.1, 1.5, -0.4, 0.6, 0}};
    private static final LinearGaussian MODEL =
            new LinearGaussian(new Shape(Models.PIXELS), D, new GlobalScale.Each(0.7), Initialisation.FAN_IN_UNIFORM);

    @Test
    void withTheExactPosteriorEveryWeightIsTheMarginalLikelihood() {
        Vae model = started(MODEL.with(exact(oracle -> oracle.covariance())));
        LinearGaussianOracle oracle = oracle(model);
        NDArray logWeights = evidence(model, 1000).logWeight();

        for (int example = 0; example < X.length; example++) {
            double exact = oracle.logMarginal(X[example]);
            assertThat(logWeights.get(":, {}", example).min().getDouble()).isCloseTo(exact, within(1e-10));
            assertThat(logWeights.get(":, {}", example).max().getDouble()).isCloseTo(exact, within(1e-10));
        }
    }
}
