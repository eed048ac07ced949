package io.vae4j.core.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.constrained.DualAscent.Update;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.LinearGaussianLine;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LossBlock;
import io.vae4j.core.training.OptimizerState;
import io.vae4j.core.training.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two examples whose reconstructions are 3 and 7 nats and whose KL are 1 and 4. */
class LagrangianTest extends EngineTest {

    private static final double[] RECONSTRUCTION = {3, 7};
    private static final double[] KL = {1, 4};
    private static final double MOST = 50;

    @Test
    void theLossIsTheCostAndThePricedExcess() {
        double[] limitedKl = started(new KlAtMost(2, 1), Update.PROJECTED, 0, 0.5, 0)
                .loss(terms(RECONSTRUCTION))
                .toDoubleArray();
        double[] limitedReconstruction = started(new ReconstructionAtMost(4, 1), Update.PROJECTED, 0, 0.5, 0)
                .loss(terms(RECONSTRUCTION))
                .toDoubleArray();

        assertThat(limitedKl).containsExactly(new double[] {3 + 0.5 * (1 - 2), 7 + 0.5 * (4 - 2)}, within(1e-12));
        assertThat(limitedReconstruction)
                .containsExactly(new double[] {1 + 0.5 * (3 - 4), 4 + 0.5 * (7 - 4)}, within(1e-12));
    }

    @Test
    void aPenaltyOfThePosteriorIsAdded() {
        BoundTerms terms = terms(RECONSTRUCTION);
        Lagrangian objective = started(new KlAtMost(2, 1), Update.PROJECTED, 0, 0.5, 0);
        BoundTerms penalized = new BoundTerms(terms.logLikelihood(), terms.layers(), Optional.of(array(10, 20)));

        assertThat(objective.loss(penalized).sub(objective.loss(terms)).toDoubleArray())
                .containsExactly(new double[] {10, 20}, within(1e-12));
    }

    /** Where lambda is the beta and the gradient is the beta-VAE's. */
    @Test
    void itsGradientIsThatOfTheBetaVae() {
        Lagrangian objective = started(new KlAtMost(2, 1), Update.PROJECTED, 0, 2.5, 0);

        assertThat(gradient(kl -> objective.loss(terms(RECONSTRUCTION, kl)).sum(), array(KL))
                        .toDoubleArray())
                .containsExactly(
                        gradient(
                                        kl -> new Elbo(2.5, 1)
                                                .loss(terms(RECONSTRUCTION, kl))
                                                .sum(),
                                        array(KL))
                                .toDoubleArray(),
                        within(1e-12));
    }

    @Test
    void aProjectedMultiplierFollowsTheMeanViolationDownToZero() {
        Lagrangian objective = started(new ReconstructionAtMost(4, 1), Update.PROJECTED, 0.1, 0.2, 0);

        // mean excess 5 - 4 = 1, then -2, then -2, then 3
        assertThat(after(objective, 3, 7)).isCloseTo(0.3, within(1e-7));
        assertThat(after(objective, 1, 3)).isCloseTo(0.1, within(1e-7));
        assertThat(after(objective, 1, 3)).isZero();
        assertThat(after(objective, 7, 7)).isCloseTo(0.3, within(1e-7));
    }

    @Test
    void anExponentiatedMultiplierFollowsTheMovingAverageFromTheFirstBatchOn() {
        Lagrangian objective = started(new ReconstructionAtMost(4, 1), Update.EXPONENTIATED, 0.1, 2, 0.75);
        double first = 1;
        double second = 0.75 * first + 0.25 * -2;
        double third = 0.75 * second + 0.25 * 6;

        assertThat(after(objective, 3, 7)).isCloseTo(2 * Math.exp(0.1 * first), within(1e-6));
        assertThat(after(objective, 1, 3)).isCloseTo(2 * Math.exp(0.1 * (first + second)), within(1e-6));
        assertThat(after(objective, 9, 11)).isCloseTo(2 * Math.exp(0.1 * (first + second + third)), within(1e-6));
    }

    @Test
    void aMultiplierNeitherOverflowsNorVanishesForGood() {
        Lagrangian projected = started(new ReconstructionAtMost(0, 1), Update.PROJECTED, 1, 1, 0);
        Lagrangian exponentiated = started(new ReconstructionAtMost(0, 1), Update.EXPONENTIATED, 1, 1, 0);

        assertThat(after(projected, 2000, 2000)).isEqualTo(MOST);
        assertThat(after(exponentiated, 2000, 2000)).isEqualTo(MOST);
        assertThat(after(exponentiated, -2000, -2000)).isCloseTo(DualAscent.LEAST, within(1e-12));
        assertThat(after(exponentiated, 1, 1)).isCloseTo(DualAscent.LEAST * Math.E, within(1e-11));
    }

    @Test
    void aFrozenMultiplierStaysWhatItIs() {
        Lagrangian objective = started(new ReconstructionAtMost(0, 1), Update.PROJECTED, 1, 0.5, 0);
        objective.part().freezeParameters(true);

        assertThat(after(objective, 3, 7)).isEqualTo(0.5);
    }

    @Test
    void aStepHoldsTheMultiplierInItsStateAndGoesOnFromItBitForBit() {
        LinearGaussianLine whole = line();
        LinearGaussianLine parts = line();
        Lagrangian straight = unstarted();
        Lagrangian before = unstarted();
        Lagrangian afterwards = unstarted();
        try (TrainingStep one = step(whole, straight);
                TrainingStep first = step(parts, before);
                TrainingStep second = step(parts, afterwards).startingAt(2)) {
            List.of(one, one, one).forEach(step -> take(step, straight));
            List.of(first, first).forEach(step -> take(step, before));
            first.state().forEach((name, array) -> array.copyTo(second.state().get(name)));
            take(second, afterwards);

            assertThat(one.state())
                    .containsKeys("objective.multiplier", "objective.constraint_average", "objective.begun");
            assertThat(straight.multiplier().value()).isNotEqualTo(1);
            assertThat(values(second)).isEqualTo(values(one));
        }
    }

    @Test
    void aStepThatWasMadeWithoutTheObjectiveRefusesIt() {
        try (TrainingStep step = new TrainingStep(line(), new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep other = step(line(), unstarted())) {
            for (TrainingStep each : List.of(step, other)) {
                assertThatThrownBy(() -> take(each, unstarted()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the objective Lagrangian that changes in training")
                        .hasMessageContaining("new TrainingStep(model, estimator, settings, objective)");
            }
        }
    }

    @Test
    void djlsTrainerIsNotGivenAnObjectiveThatItWouldNotChange() {
        assertThatThrownBy(() -> new LossBlock(new LinearGaussianLine(), unstarted()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the objective Lagrangian changes in training");
    }

    @Test
    void impossibleSettingsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> new KlAtMost(-1, 1)).hasMessageContaining("delta is -1.0");
        assertThatThrownBy(() -> new KlAtMost(1, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new ReconstructionAtMost(Double.NaN, 1)).hasMessageContaining("tolerance is NaN");
        assertThatThrownBy(() -> new ReconstructionAtMost(1, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new DualAscent(Update.PROJECTED, -1, 1, 9, 0)).hasMessageContaining("rate is -1.0");
        assertThatThrownBy(() -> new DualAscent(Update.PROJECTED, 1, -1, 9, 0)).hasMessageContaining("start is -1.0");
        assertThatThrownBy(() -> new DualAscent(Update.PROJECTED, 1, 1, 9, 1)).hasMessageContaining("average is 1.0");
        assertThatThrownBy(() -> new DualAscent(Update.PROJECTED, 1, 1, 0, 0)).hasMessageContaining("most is 0.0");
    }

    @Test
    void itTakesTheSamplesOfItsProblemAndSaysWhatItIs() {
        Lagrangian objective = new Lagrangian(new KlAtMost(15, 3), new DualAscent(Update.PROJECTED, 0.1, 1, 9, 0));

        assertThat(objective.samples()).isEqualTo(3);
        assertThat(objective.klForm()).isEqualTo(Objective.KlForm.ANY);
        assertThat(objective)
                .hasToString("Lagrangian[KlAtMost[delta=15.0, samples=3],"
                        + " DualAscent[update=PROJECTED, rate=0.1, start=1.0, most=9.0, decay=0.0]]");
    }

    private static Map<String, List<Float>> values(TrainingStep step) {
        Map<String, List<Float>> values = new TreeMap<>();
        step.state().forEach((name, array) -> {
            List<Float> each = new ArrayList<>();
            for (float value : array.toFloatArray()) {
                each.add(value);
            }
            values.put(name, each);
        });
        return values;
    }

    private static Lagrangian unstarted() {
        return new Lagrangian(new KlAtMost(0.1, 1), new DualAscent(Update.EXPONENTIATED, 0.5, 1, 9, 0.9));
    }

    private Lagrangian started(ConstrainedProblem problem, Update update, double rate, double start, double decay) {
        Lagrangian objective = new Lagrangian(problem, new DualAscent(update, rate, start, MOST, decay));
        objective.initialize(manager, terms(RECONSTRUCTION));
        return objective;
    }

    /** The multiplier after a step with these reconstructions. */
    private double after(Lagrangian objective, double... reconstruction) {
        Pass pass = Pass.evaluation(new ParameterStore(manager, false), manager, Noise.seeded(0, 0, 0));
        objective.multiplier().afterStep(new CompletedStep(pass, terms(reconstruction), 0, OptimizerState.none()));
        return objective.multiplier().value();
    }

    private LinearGaussianLine line() {
        LinearGaussianLine line = new LinearGaussianLine();
        line.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        return line;
    }

    private static TrainingStep step(LinearGaussianLine model, Objective objective) {
        return new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings(), objective);
    }

    private void take(TrainingStep step, Objective objective) {
        try (NDManager batch = manager.newSubManager()) {
            step.on(batch.full(new Shape(8, 1), 2f), Condition.none(), objective, 0.1);
        }
    }

    private BoundTerms terms(double... reconstruction) {
        return terms(reconstruction, array(KL));
    }

    private BoundTerms terms(double[] reconstruction, NDArray kl) {
        NDArray loc = array(0.3, -0.4).reshape(1, 2, 1);
        DiagonalNormal q = new DiagonalNormal(loc, loc.zerosLike(), 1);
        DensityPosterior posterior = new DensityPosterior(q);
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), 1);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        StochasticLayer layer = new StochasticLayer(
                inference,
                Memoized.of(() -> draw.value().sum(new int[] {2})),
                Memoized.of(() -> Optional.of(kl.reshape(1, 2))));
        return new BoundTerms(array(reconstruction).neg().reshape(1, 2), List.of(layer), Optional.empty());
    }
}
