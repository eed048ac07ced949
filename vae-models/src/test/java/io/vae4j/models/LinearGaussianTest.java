package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.models.UnbiasedWeightTest.Estimate;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

/** The linear-Gaussian model in float64, where all that a bound or a posterior should be is known. */
class LinearGaussianTest extends ModelTest {

    private static final int D = 2;
    private static final double[][] X = {{0.4, -1.2, 0.3, 0.9, -0.2, 1.1}, {-0.7, 0.1, 1.5, -0.4, 0.6, 0}};
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private final Decoder decoder =
            new LinearGaussian(new Shape(Models.PIXELS), D, new GlobalScale.Each(0.7), START).decoder();

    @Test
    void withTheExactPosteriorEveryWeightIsTheMarginalLikelihood() {
        Vae model = started(given(MatrixUtils::inverse));
        NDArray logWeights = boundTerms(model, 1000).logWeight();

        for (int example = 0; example < X.length; example++) {
            double exact = oracle().logMarginal(X[example]);
            assertThat(logWeights.get(":, {}", example).min().getDouble()).isCloseTo(exact, within(1e-10));
            assertThat(logWeights.get(":, {}", example).max().getDouble()).isCloseTo(exact, within(1e-10));
        }
    }

    @Test
    void theClosedMarginalAndPosteriorAreTheOracles() {
        Vae model = started(given(MatrixUtils::inverse));
        LinearGaussianMarginal exact = LinearGaussianMarginal.of(model, pass()).orElseThrow();
        double[] logProb = exact.logProb(x()).toDoubleArray();
        FullNormal posterior = exact.posterior(x());

        for (int example = 0; example < X.length; example++) {
            assertThat(logProb[example]).isCloseTo(oracle().logMarginal(X[example]), within(1e-10));
            assertThat(posterior.loc().get(0).get(example).toDoubleArray())
                    .containsExactly(oracle().mean(X[example]).toArray(), within(1e-10));
            assertThat(covariance(posterior, example)
                            .subtract(oracle().covariance())
                            .getNorm())
                    .isLessThan(1e-10);
        }
    }

    @Test
    void noMarginalIsKnownOfAModelWithHiddenLayersOrAnotherPrior() {
        GlobalScaleGaussian posterior = new GlobalScaleGaussian(new Shape(D), new GlobalScale.Each(1), START);
        GlobalScaleGaussian likelihood =
                new GlobalScaleGaussian(new Shape(Models.PIXELS), new GlobalScale.Each(1), START);
        Mlp identity = new Mlp(List.of(), Activation.IDENTITY, START);
        Mlp hidden = new Mlp(List.of(3), Activation.TANH, START);
        Vae curved = new Vae(identity, posterior, new NetworkDecoder(hidden, likelihood), new StandardNormalPrior(D));

        assertThat(LinearGaussianMarginal.of(curved, pass())).isEmpty();
        assertThat(LinearGaussianMarginal.of(
                        new Vae(
                                new Mlp(List.of(), Activation.IDENTITY, START),
                                posterior,
                                decoder,
                                new MixturePrior(D, 2)),
                        pass()))
                .isEmpty();
    }

    @Test
    void theBestFactorizedPosteriorMissesByTheLogRatioOfPrecisions() {
        Vae model = started(given(LinearGaussianTest::factorized));
        double gap = factorizedGap();
        NDArray logWeights = boundTerms(model, 50_000).logWeight();

        assertThat(gap).isGreaterThan(0.1);
        for (int example = 0; example < X.length; example++) {
            Estimate elbo = Estimate.of(logWeights.get(":, {}", example));

            assertThat(elbo.error()).isLessThan(0.1 * gap);
            assertThat(elbo.mean()).isCloseTo(oracle().logMarginal(X[example]) - gap, within(4 * elbo.error()));
        }
    }

    @Test
    void noOtherVariancesMissByLess() {
        started(given(LinearGaussianTest::factorized));
        RealMatrix exact = oracle().covariance();
        RealMatrix best = factorized(oracle().precision());

        assertThat(divergence(best, exact)).isCloseTo(factorizedGap(), within(1e-12));
        assertThat(divergence(diagonal(exact), exact)).isGreaterThan(factorizedGap() + 1e-3);
        for (double factor : new double[] {0.9, 1.1}) {
            assertThat(divergence(best.scalarMultiply(factor), exact)).isGreaterThan(factorizedGap() + 1e-3);
        }
    }

    @Test
    void theClosedDivergenceFromThePriorIsTheOracles() {
        Vae model = started(given(MatrixUtils::inverse));
        NDArray closed = boundTerms(model, 1).layers().get(0).analyticKl().get().orElseThrow();
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(D);

        for (int example = 0; example < X.length; example++) {
            double expected = LinearGaussianOracle.kl(
                    oracle().mean(X[example]), oracle().covariance(), new ArrayRealVector(D), identity);
            assertThat(closed.getDouble(0, example)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void aTrainedFullCovarianceReachesTheMarginalLikelihood() {
        FullGaussian posterior = new FullGaussian(D, START);
        train(started(posterior), posterior);

        assertThat(trainedGap(posterior.of(pass(), x().expandDims(0)))).isBetween(0.0, 0.01);
    }

    @Test
    void aTrainedFactorizedPosteriorReachesTheBestOfItsKind() {
        GlobalScaleGaussian posterior = new GlobalScaleGaussian(new Shape(D), new GlobalScale.Each(1), START);
        train(started(posterior), posterior);

        assertThat(trainedGap(posterior.of(pass(), x().expandDims(0))))
                .isBetween(factorizedGap(), factorizedGap() + 0.01);
    }

    @Test
    void scalesAreFixedOrSharedOrOfEachElement() {
        assertThat(scales(new GlobalScale.Fixed(0.3))).containsExactly(new double[] {0.3, 0.3, 0.3}, within(1e-12));
        assertThat(scales(new GlobalScale.Isotropic(0.3))).containsExactly(new double[] {0.3, 0.3, 0.3}, within(1e-6));
        assertThat(scales(new GlobalScale.Each(0.3))).containsExactly(new double[] {0.3, 0.3, 0.3}, within(1e-6));
        assertThatThrownBy(() -> new GlobalScale.Fixed(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new GlobalScale.Each(Double.NaN)).hasMessageContaining("NaN");
    }

    /** Initialized, with columns of W that share a direction: independent latents would need no covariance. */
    private Vae started(Posterior posterior) {
        Mlp identity = new Mlp(List.of(), Activation.IDENTITY, START);
        // an exact posterior reads the decoder
        decoder.initialize(manager, DataType.FLOAT64, new Shape(1, D));
        Vae model = initialized(new Vae(identity, posterior, decoder, new StandardNormalPrior(D)), DataType.FLOAT64);
        decoder.getParameters().forEach(parameter -> {
            if (parameter.getKey().endsWith("loc_weight")) {
                parameter.getValue().getArray().addi(0.5);
            }
        });
        return model;
    }

    /** N(m, S) with the exact mean and a covariance made of the exact precision. */
    private Posterior given(UnaryOperator<RealMatrix> covariance) {
        return new GivenPosterior((pass, features) -> {
            RealMatrix factor = new CholeskyDecomposition(covariance.apply(oracle().precision())).getL();
            double[] locs = Arrays.stream(X)
                    .flatMapToDouble(x -> Arrays.stream(oracle().mean(x).toArray()))
                    .toArray();
            NDArray scaleTril = array(
                    Arrays.stream(factor.getData())
                            .flatMapToDouble(Arrays::stream)
                            .toArray(),
                    1,
                    1,
                    D,
                    D);
            return new FullNormal(array(locs, 1, X.length, D), scaleTril.broadcast(1, X.length, D, D));
        });
    }

    private static RealMatrix factorized(RealMatrix precision) {
        return MatrixUtils.inverse(diagonal(precision));
    }

    private static RealMatrix diagonal(RealMatrix matrix) {
        return MatrixUtils.createRealDiagonalMatrix(
                IntStream.range(0, D).mapToDouble(d -> matrix.getEntry(d, d)).toArray());
    }

    /** {@code 1/2 (sum log Lambda_ii - log det Lambda)}. */
    private double factorizedGap() {
        RealMatrix precision = oracle().precision();
        return 0.5
                * (LinearGaussianOracle.logDeterminant(diagonal(precision))
                        - LinearGaussianOracle.logDeterminant(precision));
    }

    /** KL between two normals of equal means. */
    private static double divergence(RealMatrix q, RealMatrix p) {
        RealVector origin = new ArrayRealVector(D);
        return LinearGaussianOracle.kl(origin, q, origin, p);
    }

    /** The larger KL(q(z|x) || p(z|x)) of the two examples, which is log p(x) - ELBO. */
    private double trainedGap(Distribution q) {
        double gap = 0;
        double[] locs = q.mean().toDoubleArray();
        for (int example = 0; example < X.length; example++) {
            RealVector loc = new ArrayRealVector(Arrays.copyOfRange(locs, example * D, (example + 1) * D));
            gap = Math.max(
                    gap,
                    LinearGaussianOracle.kl(
                            loc, covariance(q, example), oracle().mean(X[example]), oracle().covariance()));
        }
        return gap;
    }

    private static RealMatrix covariance(Distribution q, int example) {
        if (q instanceof FullNormal full) {
            double[] flat = full.scaleTril().get(0).get(example).toDoubleArray();
            RealMatrix factor = MatrixUtils.createRealMatrix(D, D);
            IntStream.range(0, D * D).forEach(i -> factor.setEntry(i / D, i % D, flat[i]));
            return factor.multiply(factor.transpose());
        }
        double[] scales =
                ((DiagonalNormal) q).logScale().get(0).get(example).exp().toDoubleArray();
        return MatrixUtils.createRealDiagonalMatrix(
                Arrays.stream(scales).map(s -> s * s).toArray());
    }

    /** Minimizes minus the ELBO in the posterior's parameters alone. */
    private void train(Vae model, Posterior posterior) {
        decoder.freezeParameters(true);
        List<NDArray> parameters = posterior.getParameters().values().stream()
                .map(Parameter::getArray)
                .toList();
        int steps = 500;
        try (FusedAdam adam = new FusedAdam(manager, parameters, new FusedAdam.Settings())) {
            for (int step = 0; step < steps; step++) {
                backward(model, x(), Condition.none(), new Elbo(1, 50), step);
                adam.step(0.03 * (1 - step / (double) steps), step);
            }
        }
    }

    private double[] scales(GlobalScale scale) {
        GlobalScaleGaussian family = new GlobalScaleGaussian(new Shape(3), scale, START);
        family.initialize(manager, DataType.FLOAT64, new Shape(1, D));
        return family.of(pass(), array(new double[] {1, 2}, 1, 1, D))
                .logScale()
                .exp()
                .toDoubleArray();
    }

    private LinearGaussianOracle oracle() {
        return LinearGaussianOracle.of(decoder, pass(), D);
    }

    private BoundTerms boundTerms(Vae model, long samples) {
        return model.boundTerms(evaluation(Noise.seeded(2, 0, 0)), x(), Condition.none(), samples);
    }

    private Pass pass() {
        return evaluation(Noise.engine());
    }

    private NDArray x() {
        return array(Arrays.stream(X).flatMapToDouble(Arrays::stream).toArray(), X.length, Models.PIXELS);
    }

    private NDArray array(double[] values, long... shape) {
        try (NDArray made = manager.create(values, new Shape(shape))) {
            return made.duplicate();
        }
    }
}
