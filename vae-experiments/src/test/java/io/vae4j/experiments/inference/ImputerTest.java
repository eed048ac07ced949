package io.vae4j.experiments.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.LatentModel;
import io.vae4j.models.Vae;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against p(x_mis|x_obs) of the linear-Gaussian model, a Gaussian that is known. */
class ImputerTest {

    private static final int CHAINS = 400;
    private static final float[] X = {1.5f, 0.4f, 9, 9};
    private static final float[] OBSERVED = {1, 1, 0, 0};

    private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void gibbsSamplingWithTheExactPosteriorHasTheExactConditional() {
        Chains chains = chains(new PseudoGibbs(), 0);

        assertThat(chains.meanError(0)).isBetween(-4.0, 4.0);
        assertThat(chains.meanError(1)).isBetween(-4.0, 4.0);
        assertThat(chains.variance(0)).isCloseTo(exactCovariance().getEntry(0, 0), within(0.03));
        assertThat(chains.imputation.acceptance().toFloatArray()).containsOnly(1);
    }

    @Test
    void aPosteriorThatIsWrongBiasesPseudoGibbsAndNotMetropolisWithinGibbs() {
        Chains biased = chains(new PseudoGibbs(), 0.3);
        Chains corrected = chains(new MetropolisWithinGibbs(), 0.3);

        assertThat(Math.abs(biased.meanError(0))).isGreaterThan(8);
        assertThat(corrected.meanError(0)).isBetween(-4.0, 4.0);
        assertThat(corrected.meanError(1)).isBetween(-4.0, 4.0);
        assertThat(corrected.variance(1)).isCloseTo(exactCovariance().getEntry(1, 1), within(0.03));
        assertThat(corrected.imputation.acceptance().getShape().get(0)).isEqualTo(CHAINS);
        assertThat(corrected.imputation.acceptance().mean().getFloat()).isBetween(0.2f, 0.95f);
    }

    @Test
    void whatIsObservedStaysAsItIsAndDoesNotSpread() {
        Imputation imputation = WithoutGradient.compute(() -> imputed(new PseudoGibbs(), 1, 2));

        assertThat(imputation.mean().get("0, :2").toFloatArray()).containsExactly(1.5f, 0.4f);
        assertThat(imputation.draw().get("0, :2").toFloatArray()).containsExactly(1.5f, 0.4f);
        assertThat(imputation.standardDeviation().get("0, :2").toFloatArray()).containsOnly(0, 0);
        assertThat(imputation.standardDeviation().get("0, 2:").toFloatArray()).doesNotContain(0);
    }

    @Test
    void severalChainsOfAnExampleAreAveraged() {
        WithoutGradient.run(() -> {
            Vae model = ExactModel.of(manager, 0);
            ImputationSettings settings = new ImputationSettings(new PseudoGibbs(), 20, 10, CHAINS);
            Imputation one = new Imputer(model, settings, (owner, step) -> ExactModel.pass(owner, 3, step))
                    .impute(
                            manager,
                            manager.create(X).expandDims(0),
                            manager.create(OBSERVED).expandDims(0),
                            Condition.none());

            assertThat(one.mean().getShape().get(0)).isEqualTo(1);
            assertThat((double) one.mean().getFloat(0, 2)).isCloseTo(exactMean()[0], within(0.1));
        });
    }

    @Test
    void whatStandsForAnExampleDoesNotDependOnHowManyComeAfterIt() {
        WithoutGradient.run(() -> {
            Imputation some = imputed(new MetropolisWithinGibbs(), 25, 7);
            Imputation more = imputed(new MetropolisWithinGibbs(), 38, 7);

            assertThat(some.mean()).isEqualTo(more.mean().get(":25"));
            assertThat(some.standardDeviation())
                    .isEqualTo(more.standardDeviation().get(":25"));
            assertThat(some.draw()).isEqualTo(more.draw().get(":25"));
            assertThat(some.acceptance()).isEqualTo(more.acceptance().get(":25"));
            assertThat(some.draw().get("3, 2:")).isNotEqualTo(some.draw().get("23, 2:"));
        });
    }

    @Test
    void neitherChainsNorExamplesMakeAStepLarger() {
        AtomicLong rows = new AtomicLong();
        WithoutGradient.run(() -> imputed(new Watched(rows), 45, 13));

        assertThat(rows).hasValue(Imputer.EXAMPLES * Imputer.CHAINS);
    }

    /** Remembers how many rows a step had at most. */
    private record Watched(AtomicLong rows) implements ImputationKernel {

        @Override
        public String name() {
            return "watched";
        }

        @Override
        public ImputationKernel.Chains begin(LatentModel model, NDManager keeper) {
            ImputationKernel.Chains chains = new PseudoGibbs().begin(model, keeper);
            return (pass, x, condition) -> {
                rows.accumulateAndGet(x.getShape().get(0), Math::max);
                return chains.step(pass, x, condition);
            };
        }
    }

    /** Of examples that are alike. */
    private Imputation imputed(ImputationKernel kernel, int examples, int chains) {
        return new Imputer(
                        ExactModel.of(manager, 0.3),
                        new ImputationSettings(kernel, 6, 2, chains),
                        (owner, step) -> ExactModel.pass(owner, 5, step))
                .impute(
                        manager,
                        manager.create(X).expandDims(0).repeat(0, examples),
                        manager.create(OBSERVED).expandDims(0).repeat(0, examples),
                        Condition.none());
    }

    /** As many examples that are alike, a chain for each: their means are independent. */
    @SuppressWarnings("ArrayRecordComponent") // made once and never changed
    private record Chains(Imputation imputation, double[] exactMean) {

        /** The error of the mean over the chains in standard errors. */
        double meanError(int element) {
            double[] means = column(imputation.mean(), element);
            double standardError = Math.sqrt(StatUtils.variance(means) / CHAINS);
            return (StatUtils.mean(means) - exactMean[element]) / standardError;
        }

        double variance(int element) {
            double[] draws = column(imputation.draw(), element);
            double[] deviations = column(imputation.standardDeviation(), element);
            double within = 0;
            for (double deviation : deviations) {
                within += deviation * deviation / CHAINS;
            }
            // what a chain's own deviation leaves out is how far its mean is off
            double between = StatUtils.variance(column(imputation.mean(), element));
            assertThat(StatUtils.variance(draws)).isCloseTo(within + between, within(0.2));
            return within + between;
        }

        private static double[] column(NDArray values, int element) {
            float[] floats = values.get(":, " + (2 + element)).toFloatArray();
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }

        private static org.assertj.core.data.Offset<Double> within(double by) {
            return org.assertj.core.data.Offset.offset(by);
        }
    }

    private Chains chains(ImputationKernel kernel, double shift) {
        return WithoutGradient.compute(() -> {
            Vae model = ExactModel.of(manager, shift);
            ImputationSettings settings = new ImputationSettings(kernel, 75, 25, 1);
            Imputer imputer = new Imputer(model, settings, (owner, step) -> ExactModel.pass(owner, 7, step));
            NDArray x = manager.create(X).expandDims(0).repeat(0, CHAINS);
            NDArray observed = manager.create(OBSERVED).expandDims(0).repeat(0, CHAINS);
            return new Chains(imputer.impute(manager, x, observed, Condition.none()), exactMean());
        });
    }

    /** W W^T + sigma^2 I. */
    private static RealMatrix covariance() {
        RealMatrix w = MatrixUtils.createRealMatrix(ExactModel.W);
        return w.multiply(w.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(4).scalarMultiply(ExactModel.SIGMA * ExactModel.SIGMA));
    }

    /** C_mo C_oo^-1. */
    private static RealMatrix regression() {
        RealMatrix c = covariance();
        RealMatrix observed = c.getSubMatrix(0, 1, 0, 1);
        return c.getSubMatrix(2, 3, 0, 1)
                .multiply(new LUDecomposition(observed).getSolver().getInverse());
    }

    private static double[] exactMean() {
        double[] residual = {X[0] - ExactModel.B[0], X[1] - ExactModel.B[1]};
        double[] mean = regression().operate(residual);
        return new double[] {mean[0] + ExactModel.B[2], mean[1] + ExactModel.B[3]};
    }

    private static RealMatrix exactCovariance() {
        RealMatrix c = covariance();
        return c.getSubMatrix(2, 3, 2, 3).subtract(regression().multiply(c.getSubMatrix(0, 1, 2, 3)));
    }
}
