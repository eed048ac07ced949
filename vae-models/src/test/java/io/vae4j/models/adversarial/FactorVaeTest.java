package io.vae4j.models.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LeafParameters;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.OptimizerState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FactorVaeTest {

    private static final double CORRELATION = 0.7;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(5);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Of a Gaussian, TC = -1/2 log det of the correlations. */
    @Test
    void theDiscriminatorLearnsTheTotalCorrelationOfAGaussian() {
        double exact = -0.5 * Math.log(1 - CORRELATION * CORRELATION);

        assertThat(learned(CORRELATION)).isCloseTo(exact, within(0.04));
        assertThat(learned(0)).isCloseTo(0, within(0.03));
    }

    private double learned(double correlation) {
        FactorVae objective = objective(1, 32, 3e-3);
        Discriminator discriminator = objective.discriminator();
        objective.initialize(manager, correlated(manager, correlation, 2, 0));
        ParameterStore store = new ParameterStore(manager, false);
        List<NDArray> weights = ModelState.of(discriminator).stream()
                .map(ModelState.Named::array)
                .toList();
        try (FusedAdam adam = new FusedAdam(manager, weights, discriminator.optimizer())) {
            for (int step = 0; step < 900; step++) {
                try (NDManager batch = manager.newSubManager()) {
                    LeafParameters leaves = adam.leaves(store, batch);
                    Pass pass = Pass.training(leaves, batch, Noise.seeded(1, step, 0));
                    BoundTerms terms = correlated(batch, correlation, 512, step);
                    try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                        tape.backward(discriminator
                                .loss(pass, new CompletedStep(pass, terms, step, OptimizerState.none()))
                                .mean());
                    }
                    adam.step(leaves, discriminator.learningRate(step), step);
                }
            }
        }
        return objective
                .totalCorrelation(correlated(manager, correlation, 20_000, -1))
                .mean()
                .getDouble();
    }

    @Test
    void theLossIsMinusTheElboAndTheWeightedLogit() {
        FactorVae objective = objective(6, 8, 0);
        BoundTerms terms = correlated(manager, 0.5, 3, 0);
        objective.initialize(manager, terms);
        NDArray z = terms.layers().get(0).inference().latent();
        double[] logits = objective
                .discriminator()
                .logRatio(AdaptiveObjective.constants(terms), z)
                .toDoubleArray();
        double[] elbo = new Elbo().loss(terms).toDoubleArray();
        double[] loss = objective.loss(terms).toDoubleArray();

        for (int i = 0; i < 3; i++) {
            assertThat(loss[i]).isCloseTo(elbo[i] + 6 * logits[i], within(1e-10));
        }
    }

    @Test
    void theModelsGradientGoesThroughTheDiscriminatorToTheLatents() {
        FactorVae objective = objective(6, 8, 0);
        double[] at = {0.3, -0.4, 1.2, 0.7};
        objective.initialize(manager, located(created(at)));
        NDArray leaf = created(at);
        leaf.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(objective.loss(located(leaf)).sum());
        }
        double[] slopes = new double[4];
        for (int i = 0; i < 4; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            slopes[i] = (sum(objective, up) - sum(objective, down)) / 2e-6;
        }

        assertThat(leaf.getGradient().toDoubleArray()).containsExactly(slopes, within(1e-6));
        assertThat(ModelState.of(objective.discriminator())).allMatch(named -> hasNoGradient(named.array()));
    }

    private static boolean hasNoGradient(NDArray parameter) {
        try (NDArray gradient = parameter.getGradient()) {
            return gradient.isEmpty()
                    || gradient.toType(DataType.FLOAT64, false).abs().sum().getDouble() == 0;
        }
    }

    private double sum(FactorVae objective, double[] loc) {
        return objective.loss(located(created(loc))).sum().getDouble();
    }

    @Test
    void shufflingKeepsEachDimensionAndUntiesThem() {
        int count = 5000;
        NDArray z = correlated(manager, CORRELATION, count, 0)
                .layers()
                .get(0)
                .inference()
                .latent();
        NDArray shuffled = Discriminator.shuffled(z, Noise.seeded(2, 0, 0));
        double[][] columns = new double[2][];
        for (int j = 0; j < 2; j++) {
            columns[j] = shuffled.get("0, :, {}", j).toDoubleArray();
            assertThat(sorted(columns[j])).isEqualTo(sorted(z.get("0, :, {}", j).toDoubleArray()));
        }

        assertThat(shuffled.getShape()).isEqualTo(z.getShape());
        assertThat(new PearsonsCorrelation().correlation(columns[0], columns[1]))
                .isCloseTo(0, within(4 / Math.sqrt(count)));
    }

    @Test
    void theStepTrainsTheDiscriminatorBesideTheModelAndHoldsBoth() {
        Map<String, Double> atRest = discriminatorAfterAStep(0);
        Map<String, Double> learning = discriminatorAfterAStep(0.01);

        assertThat(learning)
                .containsKeys("objective.hidden.fc1.weight", "objective.hidden.fc1.weight.exp_avg_sq")
                .containsKeys("objective.logit.bias.exp_avg");
        assertThat(learning.get("objective.hidden.fc1.weight")).isNotEqualTo(atRest.get("objective.hidden.fc1.weight"));
        assertThat(learning.get("decoder.family.loc.weight.exp_avg"))
                .isEqualTo(atRest.get("decoder.family.loc.weight.exp_avg"));
    }

    /** The sums of all arrays of a step's state. */
    private Map<String, Double> discriminatorAfterAStep(double rate) {
        Engine.getInstance().setRandomSeed(5);
        Vae model = new LinearGaussian(new Shape(3), 2, new GlobalScale.Each(1), Initialization.FAN_IN_UNIFORM)
                .withAffinePosterior();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 3));
        FactorVae objective = objective(2, 8, rate);
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings(), objective);
                NDManager batch = manager.newSubManager()) {
            step.on(
                    batch.randomNormal(new Shape(6, 3)).toType(DataType.FLOAT64, false),
                    Condition.none(),
                    objective,
                    0.01);
            return step.state().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().sum().getDouble()));
        }
    }

    @Test
    void whatHasNoSingleLayerIsRefusedWithTheReason() {
        FactorVae objective = objective(1, 4, 0);
        BoundTerms one = correlated(manager, 0, 2, 0);
        StochasticLayer layer = one.layers().get(0);
        BoundTerms deep = new BoundTerms(one.logLikelihood(), List.of(layer, layer), Optional.empty());

        assertThatThrownBy(() -> objective.loss(deep)).hasMessageContaining("this model has 2");
        assertThatThrownBy(() -> objective(-1, 4, 0)).hasMessageContaining("gamma is -1.0");
        assertThatThrownBy(() -> objective(1, 4, -1)).hasMessageContaining("learning rate is -1.0");
        assertThat(objective).hasToString("FactorVae[gamma=1.0]");
    }

    private static FactorVae objective(double gamma, int width, double rate) {
        Discriminator.Learning learning = new Discriminator.Learning(new FusedAdam.Settings(0.5, 0.9, 1e-8), rate);
        return new FactorVae(gamma, new Discriminator(List.of(width, width), learning, Initialization.HE_NORMAL));
    }

    private NDArray created(double[] values) {
        try (NDArray made = manager.create(values)) {
            return made.duplicate();
        }
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).sorted().toArray();
    }

    /** Terms of two examples with posteriors at such places. */
    private BoundTerms located(NDArray loc) {
        NDArray shaped = loc.reshape(1, 2, 2);
        return terms(manager, new DiagonalNormal(shaped, shaped.zerosLike(), 1));
    }

    /** Terms whose latents are drawn from a Gaussian of two dimensions with unit variances. */
    private static BoundTerms correlated(NDManager owner, double correlation, int count, long step) {
        NDArray like = owner.zeros(new Shape(1), DataType.FLOAT64);
        NDArray eps = Noise.seeded(9, step, 3).normal(new Shape(2, 1, count, 1), like);
        double rest = Math.sqrt(1 - correlation * correlation);
        NDArray second = Ops.scale(eps.get(0), correlation).add(Ops.scale(eps.get(1), rest));
        NDArray z = eps.get(0).concat(second, 2);
        DiagonalNormal sharp = new DiagonalNormal(z, Ops.shift(z.zerosLike(), -20), 1);
        return terms(owner, sharp);
    }

    private static BoundTerms terms(NDManager owner, DiagonalNormal q) {
        StandardNormal prior = new StandardNormal(q.loc().zerosLike(), 1);
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), 1);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        StochasticLayer layer = new StochasticLayer(
                inference, Memoized.of(() -> prior.logProb(draw.value())), Memoized.of(() -> q.kl(prior)));
        NDArray logLikelihood = owner.zeros(q.loc().getShape().slice(0, 2), DataType.FLOAT64);
        return new BoundTerms(logLikelihood, List.of(layer), Optional.empty());
    }
}
