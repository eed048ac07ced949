package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.Way;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.NaiveGradient;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.ScoreFunction.Baseline;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every estimator's gradient on given noise, digit for digit, against calculus by hand on {@link LinearGaussianLine}.
 */
class GradientByHandTest extends EngineTest {

    private static final double A = 0.7;
    private static final double S = -0.3;
    private static final double W = 1.3;
    private static final double[] X = {0.8, -1.7};
    /** Three samples for each of the two examples. */
    private static final double[][] EPS = {{0.4, -1.1, 1.9}, {-0.6, 0.2, 1.3}};

    /** The gradient of one example's bound with respect to a, s and w. */
    private interface ByHand extends Function<LineGradients, double[]> {}

    static Stream<Arguments> gradients() {
        return Stream.of(
                arguments(new PathwiseGradient(), new Iwae(3), (ByHand) g -> g.weighted(normalized(g), g::total)),
                arguments(new PathwiseGradient(), new Miwae(3, 1), (ByHand) g -> g.weighted(equal(), g::total)),
                arguments(new PathwiseGradient(), new Ciwae(0.3, 3), (ByHand) g ->
                        sum(scaled(0.3, g.weighted(equal(), g::total)), scaled(0.7, iwae(g)))),
                arguments(new NaiveGradient(), new Iwae(3), (ByHand) g -> g.weighted(normalized(g), g::fixed)),
                arguments(new StickingTheLanding(), new Iwae(3), (ByHand) g -> g.weighted(normalized(g), g::path)),
                arguments(new StickingTheLanding(), new Elbo(1, 3), (ByHand) g -> g.weighted(equal(), g::path)),
                arguments(new DoublyReparameterized(), new Iwae(3), (ByHand) GradientByHandTest::doublyReparameterized),
                arguments(new DoublyReparameterized(), new Miwae(3, 1), (ByHand) g -> g.weighted(equal(), g::path)),
                arguments(new ScoreFunction(Baseline.NONE), new Iwae(3), (ByHand) g -> score(g, i -> 0)),
                arguments(new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Iwae(3), (ByHand)
                        g -> score(g, i -> leftOut(g, i))));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void theGradientOnGivenNoiseIsThatOfCalculus(GradientEstimator estimator, Objective objective, ByHand bound) {
        for (Way way : Way.chosen()) {
            double[] found = gradientOfAStep(way, estimator, objective, List.of(noise()));
            assertThat(found).as(way.toString()).containsExactly(batchMean(bound), within(1e-12));
        }
    }

    private double[] gradientOfAStep(Way way, GradientEstimator estimator, Objective objective, List<NDArray> noise) {
        double[] gradient = new double[3];
        LinearGaussianLine model = model(A, S, W);
        try (TrainingStep step = new TrainingStep(model, estimator, new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            if (way == Way.COMPILED) {
                step.compiled();
            }
            NDArray x = array(X).reshape(2, 1);
            x.attach(batch);
            Map<String, NDArray> gradients = new HashMap<>();
            step.on(
                    new TrainingStep.Inputs(x, Condition.none(), objective, 1e-3, 0, Noise.given(noise)),
                    estimate -> {},
                    all -> all.forEach((name, array) -> {
                        array.attach(manager);
                        gradients.put(name, array);
                    }));
            assertThat(step.programs()).hasSize(way == Way.COMPILED ? 1 : 0);
            List<String> names = List.of("a", "s", "w");
            Arrays.setAll(
                    gradient,
                    i -> Objects.requireNonNull(gradients.get(names.get(i))).getDouble(0));
        }
        return gradient;
    }

    @Test
    void theReparameterizedElboTakesItsKlInClosedForm() {
        LinearGaussianLine model = model(A, S, W);
        backward(model, new PathwiseGradient(), new Elbo(2.5, 3), List.of(noise()));

        // the likelihood's share is the total derivative less that of the prior (-z dz) and of -log q (1 for s)
        assertThat(gradient(model))
                .containsExactly(
                        batchMean(g -> {
                            double[] likelihood = g.weighted(equal(), e -> {
                                double z = g.a() * g.x() + Math.exp(g.s()) * e;
                                double[] total = g.total(e);
                                return new double[] {
                                    total[0] + z * g.x(), total[1] + z * Math.exp(g.s()) * e - 1, total[2]
                                };
                            });
                            double[] kl = {g.a() * g.x() * g.x(), Math.exp(2 * g.s()) - 1, 0};
                            return sum(likelihood, scaled(-2.5, kl));
                        }),
                        within(1e-12));
    }

    /** The Gumbel-max trick by hand: draw i of an example wins where log w_i - log(-log u_i) is largest. */
    @Test
    void theResampledGradientIsThatOfTheDrawThatWon() {
        double[][] uniform = {{0.9, 0.2, 0.5}, {0.02, 0.03, 0.9}};
        List<Integer> winners = new ArrayList<>();
        double[] expected = new double[3];
        for (int n = 0; n < 2; n++) {
            LineGradients g = example(n);
            double[] u = uniform[n];
            int winner = IntStream.range(0, 3)
                    .boxed()
                    .max((i, j) -> Double.compare(key(g, u, i), key(g, u, j)))
                    .orElseThrow();
            winners.add(winner);
            expected = sum(expected, scaled(-0.5, g.total(EPS[n][winner])));
        }
        assertThat(winners)
                .as("different samples, or the choice would not show")
                .doesNotHaveDuplicates();
        for (Way way : Way.chosen()) {
            double[] found =
                    gradientOfAStep(way, new ResampledBackward(), new Iwae(3), List.of(noise(), columns(uniform)));
            assertThat(found).as(way.toString()).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void theWeightsChooseWhatIsResampled() {
        assumeTrue(Way.chosen().contains(Way.EAGER));
        int repeats = 4000;
        double[][] eps = {EPS[0], EPS[0]};
        LinearGaussianLine model = model(A, S, W);
        LineGradients g = example(0);
        NDArray x = array(X[0]).reshape(1, 1).repeat(0, repeats);
        NDArray noise = columns(eps).get(":, 0:1").repeat(1, repeats).reshape(3, repeats, 1);
        NDArray uniform = Noise.seeded(3, 0, 0).uniform(new Shape(3, repeats), noise);
        backward(model, new ResampledBackward(), new Iwae(3), List.of(noise, uniform), x);

        double[] mean = g.weighted(normalized(g), g::total);
        double[] squares = g.weighted(normalized(g), e -> LineGradients.squares(g.total(e)));
        for (int p = 0; p < 3; p++) {
            double error = Math.sqrt((squares[p] - mean[p] * mean[p]) / repeats);
            assertThat(-gradient(model)[p]).isCloseTo(mean[p], within(4 * error));
        }
    }

    @Test
    void atTheExactPosteriorStickingTheLandingHasNoVariance() {
        double precision = 1 + W * W;
        LinearGaussianLine model = model(W / precision, -0.5 * Math.log(precision), W);
        backward(model, new StickingTheLanding(), new Elbo(1, 3), List.of(noise()));
        double[] sticking = gradient(model);
        LinearGaussianLine other = model(W / precision, -0.5 * Math.log(precision), W);
        backward(other, new PathwiseGradient(), new Iwae(1), List.of(noise().get("0:1")));

        assertThat(Arrays.copyOf(sticking, 2)).containsExactly(new double[] {0, 0}, within(1e-12));
        assertThat(Math.abs(gradient(other)[1])).isGreaterThan(0.01);
    }

    static Stream<GradientEstimator> estimators() {
        return Stream.of(
                new PathwiseGradient(),
                new NaiveGradient(),
                new StickingTheLanding(),
                new DoublyReparameterized(),
                new ScoreFunction(Baseline.NONE));
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void theLossThatIsReportedIsMinusTheBoundOfEachExample(GradientEstimator estimator) {
        Estimate estimate = backward(model(A, S, W), estimator, new Iwae(3), List.of(noise()));

        assertThat(estimate.loss().toDoubleArray())
                .containsExactly(
                        IntStream.range(0, 2)
                                .mapToDouble(n ->
                                        -LineGradients.logMeanExp(example(n).logWeights()))
                                .toArray(),
                        within(1e-12));
        assertThat(estimate.terms().logWeight().getDouble(2, 1))
                .isCloseTo(example(1).logWeight(EPS[1][2]), within(1e-12));
    }

    @Test
    void aResampledPassReportsTheLossOfAllSamples() {
        NDArray uniform = columns(new double[][] {{0.9, 0.2, 0.5}, {0.02, 0.03, 0.9}});
        Estimate estimate = backward(model(A, S, W), new ResampledBackward(), new Iwae(3), List.of(noise(), uniform));

        assertThat(estimate.loss().getDouble(0))
                .isCloseTo(-LineGradients.logMeanExp(example(0).logWeights()), within(1e-12));
        assertThat(estimate.terms().logLikelihood().getShape()).isEqualTo(new Shape(3, 2));
    }

    @Test
    void doublyReparameterizedRefusesAPenalty() {
        LinearGaussianLine model = model(A, S, W).penalized(array(1, 1));

        assertThatThrownBy(() -> backward(model, new DoublyReparameterized(), new Iwae(3), List.of(noise())))
                .hasMessageContaining("penalty");
    }

    @Test
    void eachRefusalSaysWhatToUseInstead() {
        assertThat(new DoublyReparameterized().incompatibility(new Iwae(1))).isEmpty();
        assertThat(new DoublyReparameterized().incompatibility(new Elbo()).orElseThrow())
                .contains("sticking-the-landing");
        assertThat(new ResampledBackward().incompatibility(new Ciwae(0.5, 2))).isEmpty();
        assertThat(new ResampledBackward().incompatibility(new Elbo()).orElseThrow())
                .contains("use the pathwise");
        assertThat(new StickingTheLanding().incompatibility(new Elbo())).isEmpty();
        assertThat(new StickingTheLanding().incompatibility(new FreeBits(1, 1)).orElseThrow())
                .contains("use the pathwise");
        assertThat(new ScoreFunction(Baseline.NONE).incompatibility(new Iwae(1)))
                .isEmpty();
        assertThat(new ScoreFunction(Baseline.NONE).incompatibility(new Elbo()).orElseThrow())
                .contains("MIWAE");
        assertThat(new ScoreFunction(Baseline.LEAVE_ONE_OUT).incompatibility(new Iwae(2)))
                .isEmpty();
        assertThat(new ScoreFunction(Baseline.LEAVE_ONE_OUT)
                        .incompatibility(new Iwae(1))
                        .orElseThrow())
                .contains("at least 2 samples");
        assertThat(new PathwiseGradient().incompatibility(new FreeBits(1, 1))).isEmpty();
    }

    static Stream<GradientEstimator> estimatorsOfWeightedBounds() {
        return Stream.of(new DoublyReparameterized(), new ResampledBackward(), new ScoreFunction(Baseline.NONE));
    }

    @ParameterizedTest
    @MethodSource("estimatorsOfWeightedBounds")
    void anEstimatorOfWeightedBoundsDoesNotRunForTheElbo(GradientEstimator estimator) {
        assertThatThrownBy(() -> backward(model(A, S, W), estimator, new Elbo(1, 3), List.of(noise())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Elbo");
    }

    /** Its samples need no gradient then, and the engine would refuse to walk back from them. */
    @Test
    void doublyReparameterizedTrainsADecoderAloneWhereTheEncoderIsFrozen() {
        LinearGaussianLine model = model(A, S, W);
        model.getParameters().valueAt(0).freeze(true);
        model.getParameters().valueAt(1).freeze(true);
        backward(model, new DoublyReparameterized(), new Iwae(3), List.of(noise()));

        NDArray gradient = model.getParameters().valueAt(2).getArray().getGradient();
        assertThat(gradient.getDouble(0))
                .isCloseTo(batchMean(GradientByHandTest::doublyReparameterized)[2], within(1e-12));
    }

    /** Noise that all examples share has no part that belongs to one of them. */
    @Test
    void aResampledPassRefusesNoiseThatIsNotOfEachDrawAndExample() {
        LinearGaussianLine model = model(A, S, W).sharing(array(0.3));
        NDArray shared = array(1).reshape(1, 1, 1);
        NDArray uniform = columns(new double[][] {{0.9, 0.2, 0.5}, {0.02, 0.03, 0.9}});

        assertThatThrownBy(
                        () -> backward(model, new ResampledBackward(), new Iwae(3), List.of(shared, noise(), uniform)))
                .hasMessageContaining("(1, 1, 1)")
                .hasMessageContaining("[K, B, ...]");
    }

    @Test
    void anEstimatorThatRefusesAnObjectiveDoesNotRun() {
        LinearGaussianLine model = model(A, S, W);

        assertThatThrownBy(() -> backward(model, new StickingTheLanding(), new FreeBits(1, 3), List.of(noise())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("form of its own")
                .hasMessageContaining("FreeBits");
    }

    private static double[] iwae(LineGradients g) {
        return g.weighted(normalized(g), g::total);
    }

    private static double[] doublyReparameterized(LineGradients g) {
        double[] encoder = g.weighted(LineGradients.squares(normalized(g)), g::path);
        double[] decoder = g.weighted(normalized(g), g::path);
        return new double[] {encoder[0], encoder[1], decoder[2]};
    }

    private interface BaselineOf {
        double draw(int i);
    }

    private static double[] score(LineGradients g, BaselineOf baseline) {
        double bound = LineGradients.logMeanExp(g.logWeights());
        double[] signal =
                IntStream.range(0, 3).mapToDouble(i -> bound - baseline.draw(i)).toArray();
        return sum(g.weighted(normalized(g), g::fixed), g.weighted(signal, g::score));
    }

    /** VIMCO's baseline: the bound in which log w_i is the mean of the two others. */
    private static double leftOut(LineGradients g, int i) {
        double[] replaced = g.logWeights();
        replaced[i] = (replaced[(i + 1) % 3] + replaced[(i + 2) % 3]) / 2;
        return LineGradients.logMeanExp(replaced);
    }

    private static double key(LineGradients g, double[] uniform, int i) {
        return g.logWeight(g.eps().get(i)) - Math.log(-Math.log(uniform[i]));
    }

    private static double[] normalized(LineGradients g) {
        return LineGradients.normalized(g.logWeights());
    }

    private static double[] equal() {
        return LineGradients.equal(3);
    }

    private static double[] sum(double[] one, double[] other) {
        return IntStream.range(0, 3).mapToDouble(p -> one[p] + other[p]).toArray();
    }

    private static double[] scaled(double factor, double[] values) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    /** The gradient of the loss: minus the mean over the two examples. */
    private static double[] batchMean(ByHand bound) {
        return scaled(-0.5, sum(bound.apply(example(0)), bound.apply(example(1))));
    }

    private static LineGradients example(int n) {
        return new LineGradients(A, S, W, X[n], Arrays.stream(EPS[n]).boxed().toList());
    }

    private Estimate backward(
            LinearGaussianLine model, GradientEstimator estimator, Objective objective, List<NDArray> noise) {
        return backward(model, estimator, objective, noise, array(X).reshape(2, 1));
    }

    private Estimate backward(
            LinearGaussianLine model,
            GradientEstimator estimator,
            Objective objective,
            List<NDArray> noise,
            NDArray x) {
        Pass pass = Pass.training(new ParameterStore(manager, false), manager, Noise.given(noise));
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            return estimator.backward(tape, model, pass, x, Condition.none(), objective);
        }
    }

    private LinearGaussianLine model(double a, double s, double w) {
        LinearGaussianLine model = new LinearGaussianLine();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        double[] values = {a, s, w};
        for (int p = 0; p < 3; p++) {
            array(values[p]).reshape(1).copyTo(model.getParameters().valueAt(p).getArray());
        }
        return model;
    }

    private static double[] gradient(LinearGaussianLine model) {
        return model.getParameters().values().stream()
                .mapToDouble(parameter -> parameter.getArray().getGradient().getDouble(0))
                .toArray();
    }

    /** [K, B, 1]. */
    private NDArray noise() {
        return columns(EPS).expandDims(-1);
    }

    /** [K, B] of values by example. */
    private NDArray columns(double[][] byExample) {
        return array(Stream.of(byExample).flatMapToDouble(Arrays::stream).toArray())
                .reshape(byExample.length, byExample[0].length)
                .transpose()
                .duplicate();
    }
}
