package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On {@code p(z) = N(0, I)}, {@code p(x|z) = N(W z, s^2 I)}, whose posterior has correlated latents. */
class LocalInferenceTest {

    private static final double S = 0.7;
    private static final RealMatrix W = new Array2DRowRealMatrix(new double[][] {{1, 0.8}, {-0.5, 0.4}, {0.3, 1.2}});
    private static final double[][] X = {{0.5, -1, 2}, {-1.5, 0.2, 0.4}};
    private static final LocalInference.Settings SETTINGS = new LocalInference.Settings(600, 32, 0.05, 4000);

    private final NDManager manager = NDManager.newBaseManager();
    private final RealMatrix precision = MatrixUtils.createRealIdentityMatrix(2)
            .add(W.transpose().multiply(W).scalarMultiply(1 / (S * S)));
    private final Vae model = model();
    private final LocalInference.Bounds bounds = new LocalInference(manager, model, SETTINGS, 3).refine(data());

    @AfterEach
    void close() {
        manager.close();
    }

    /** The best factorized posterior has the exact means and variances {@code 1 / Lambda_ii}. */
    @Test
    void theRefinedPosteriorIsTheBestFactorizedOneToAThousandthOfANat() {
        double best =
                0.5 * (Math.log(precision.getEntry(0, 0)) + Math.log(precision.getEntry(1, 1)) - logDeterminant());
        for (int i = 0; i < X.length; i++) {
            assertThat(divergence(i)).isBetween(best - 1e-12, best + 1e-3);
        }
    }

    @Test
    void itsBoundIsTheLikelihoodLessTheDivergence() {
        for (int i = 0; i < X.length; i++) {
            // 4000 samples of log p(x|z), whose deviation is about one nat
            assertThat(bounds.refined()[i]).isCloseTo(logMarginal(X[i]) - divergence(i), within(0.08));
            assertThat(bounds.logLikelihood()[i]).isCloseTo(logMarginal(X[i]), within(0.05));
            assertThat(bounds.amortized()[i]).isLessThan(bounds.refined()[i] - 0.1);
        }
    }

    @Test
    void theModelStaysAsItIsAndNothingIsLeftBehind() {
        NDArray weight = model.getParameters().valueAt(0).getArray();
        double[] before = weight.toDoubleArray();
        int held = manager.getManagedArrays().size();
        Minibatch data = data();
        LocalInference.Settings few = new LocalInference.Settings(5, 2, 0.1, 100);
        double[] first = new LocalInference(manager, model, few, 3).refine(data).refined();

        assertThat(weight.toDoubleArray()).containsExactly(before);
        assertThat(new LocalInference(manager, model, few, 3).refine(data).refined())
                .containsExactly(first);
        assertThat(manager.getManagedArrays().size() - held).isLessThanOrEqualTo(2);
    }

    /** KL(q || p(z|x)) of the refined q, in closed form. */
    private double divergence(int i) {
        double trace = 0;
        double logScales = 0;
        RealVector shift = new ArrayRealVector(2);
        RealVector exact = mean(X[i]);
        for (int d = 0; d < 2; d++) {
            double logScale = bounds.logScale()[2 * i + d];
            trace += precision.getEntry(d, d) * Math.exp(2 * logScale);
            logScales += logScale;
            shift.setEntry(d, bounds.loc()[2 * i + d] - exact.getEntry(d));
        }
        double distance = shift.dotProduct(precision.operate(shift));
        return 0.5 * (trace + distance - 2 - logDeterminant()) - logScales;
    }

    private RealVector mean(double[] x) {
        RealVector information = W.transpose().operate(new ArrayRealVector(x)).mapMultiply(1 / (S * S));
        return new LUDecomposition(precision).getSolver().solve(information);
    }

    private double logDeterminant() {
        return Math.log(new LUDecomposition(precision).getDeterminant());
    }

    private static double logMarginal(double[] x) {
        RealMatrix covariance = W.multiply(W.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(3).scalarMultiply(S * S));
        return Math.log(new MultivariateNormalDistribution(new double[3], covariance.getData()).density(x));
    }

    private Minibatch data() {
        NDArray x = manager.create(new double[] {0.5, -1, 2, -1.5, 0.2, 0.4}, new Shape(2, 3))
                .duplicate();
        return new Minibatch(x, Condition.none());
    }

    /** With an encoder as it is initialized. */
    private Vae model() {
        Vae made = new LinearGaussian(new Shape(3), 2, new GlobalScale.Fixed(S), Initialization.GLOROT_UNIFORM)
                .withAffinePosterior();
        made.initialize(manager, DataType.FLOAT64, new Shape(1, 3));
        ModelState.tensors(made).forEach((name, array) -> {
            if (name.startsWith("decoder") && name.endsWith("weight")) {
                array.set(new double[] {1, 0.8, -0.5, 0.4, 0.3, 1.2});
            }
        });
        return made;
    }
}
