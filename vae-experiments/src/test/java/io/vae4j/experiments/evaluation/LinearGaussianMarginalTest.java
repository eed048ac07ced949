package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class LinearGaussianMarginalTest {

    private static final int X = 5;
    private static final int LATENT = 2;

    @Test
    void itIsTheDensityOfTheGaussianWithTheWholeCovariance() {
        Examples data = new Examples(Values.ofFloats(numbers(), 20, new Shape(X)));
        try (TrainingSession session = TrainingSession.of(
                        Recipes.find("ppca", List.of("model.latent=" + LATENT, "train.batch=10")),
                        new ArrayDataset("numbers", data, data, new Provenance("test", Map.of())),
                        0,
                        Device.cpu());
                NDManager scratch = session.model().newManager()) {
            LinearGaussianMarginal marginal = LinearGaussianMarginal.of(session.model(), LATENT);
            MultivariateNormalDistribution whole = whole(session.model(), scratch);
            for (double[] x : new double[][] {{0, 0, 0, 0, 0}, {1, -1, 0.5, 2, 0}, {-0.2, 0.1, 0.3, 0, 1}}) {
                assertThat(marginal.logDensity(x)).isCloseTo(Math.log(whole.density(x)), within(1e-3));
            }
        }
    }

    private static FloatBuffer numbers() {
        Random random = new Random(1);
        FloatBuffer numbers = FloatBuffer.allocate(20 * X);
        for (int i = 0; i < 20 * X; i++) {
            numbers.put((float) random.nextGaussian());
        }
        return numbers.flip();
    }

    /** {@code N(b, W W^T + diag(s^2))} by the whole matrix. */
    private static MultivariateNormalDistribution whole(TrainedModel trained, NDManager scratch) {
        Pass pass = trained.sampling(scratch, 0, 0);
        NDArray z = scratch.create(new float[] {0, 0, 1, 0, 0, 1}, new Shape(3, 1, LATENT))
                .duplicate();
        DiagonalNormal p = (DiagonalNormal) trained.model().generate(pass, List.of(z), 3, Condition.none());
        float[] means = p.loc().toFloatArray();
        float[] logScales = p.logScale().toFloatArray();
        RealMatrix weight = new Array2DRowRealMatrix(X, LATENT);
        double[] bias = new double[X];
        double[] variance = new double[X];
        for (int i = 0; i < X; i++) {
            bias[i] = means[i];
            variance[i] = Math.exp(2.0 * logScales[i]);
            for (int d = 0; d < LATENT; d++) {
                weight.setEntry(i, d, means[(d + 1) * X + i] - means[i]);
            }
        }
        RealMatrix covariance = weight.multiply(weight.transpose()).add(MatrixUtils.createRealDiagonalMatrix(variance));
        return new MultivariateNormalDistribution(bias, covariance.getData());
    }
}
