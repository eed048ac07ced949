package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.NaiveGradient;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model of {@link Conformance} learns the same by a program as by one operation after the other. */
class CompiledTrainingTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT64;
    private static final int STEPS = 3;

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds);
    }

    /** Losses, gradients and what was learned. */
    private record Learned(Map<String, double[]> values, Optional<String> refused, int programs) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aProgramTakesTheSameSteps(Build build) {
        int compared = 0;
        for (Pair pair : pairs(build)) {
            if (pair.estimator().incompatibility(pair.objective()).isEmpty()) {
                compared += compare(build, pair.objective(), pair.estimator());
            }
        }
        assertThat(compared).isPositive();
    }

    private record Pair(Objective objective, GradientEstimator estimator) {}

    /** Each objective by one estimator and each estimator of one objective, or, by a property, all of all. */
    private static List<Pair> pairs(Build build) {
        boolean all = Boolean.getBoolean("vae4j.test.compiled.all");
        Objective most = build.entry().density() == Density.KNOWN ? new Iwae(3) : new Elbo();
        return objectives(build).stream()
                .flatMap(objective -> estimators().stream().map(estimator -> new Pair(objective, estimator)))
                .filter(pair -> all || pair.objective().equals(most) || pair.estimator() instanceof PathwiseGradient)
                .toList();
    }

    private static List<GradientEstimator> estimators() {
        return List.of(
                new PathwiseGradient(),
                new StickingTheLanding(),
                new DoublyReparameterized(),
                new ResampledBackward(),
                new NaiveGradient(),
                new ScoreFunction(ScoreFunction.Baseline.LEAVE_ONE_OUT));
    }

    private static List<Objective> objectives(Build build) {
        return build.entry().density() == Density.KNOWN
                ? List.of(new Elbo(), new Elbo(2, 2), new Iwae(3), new Miwae(2, 2), new Ciwae(0.4, 3))
                : List.of(new Elbo(), new Elbo(2, 2));
    }

    private int compare(Build build, Objective objective, GradientEstimator estimator) {
        Learned eager;
        try {
            eager = learned(build, objective, estimator, Way.EAGER);
        } catch (IllegalStateException e) {
            return 0; // the estimator does not serve the model
        }
        Learned compiled = learned(build, objective, estimator, Way.COMPILED);
        String together = objective + ", " + estimator + ", ";
        assertThat(compiled.refused()).as(together).isEmpty();
        assertThat(compiled.programs()).as(together).isPositive();
        assertThat(compiled.values()).containsOnlyKeys(eager.values().keySet());
        compiled.values()
                .forEach((name, values) -> assertThat(values)
                        .as(together + name)
                        .containsExactly(eager.values().get(name), within(1e-12)));
        return 1;
    }

    private Learned learned(Build build, Objective objective, GradientEstimator estimator, Way way) {
        try (NDManager owner = manager.newSubManager()) {
            Engine.getInstance().setRandomSeed(1);
            LatentModel model = build.initialized(owner, TYPE);
            try (TrainingStep step = new TrainingStep(model, estimator, new FusedAdam.Settings())) {
                if (way == Way.COMPILED) {
                    step.compiled();
                }
                Map<String, double[]> values = new LinkedHashMap<>();
                for (int i = 0; i < STEPS; i++) {
                    take(step, objective, i, build.condition(owner, 4, TYPE), owner, values);
                }
                ModelState.of(model).forEach(named -> values.put(named.name(), numbers(named.array())));
                return new Learned(values, step.refused(), step.programs().size());
            }
        }
    }

    private void take(
            TrainingStep step,
            Objective objective,
            int index,
            Condition condition,
            NDManager owner,
            Map<String, double[]> values) {
        try (NDManager batch = owner.newSubManager()) {
            NDArray x = bits(4, TYPE);
            x.attach(batch);
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            NDArray loss = step.on(
                            new TrainingStep.Inputs(x, condition, objective, 1e-3, index, Noise.seeded(3, index, 0)),
                            estimate -> {},
                            byName -> byName.forEach((name, gradient) -> {
                                gradient.attach(owner);
                                gradients.put(name, gradient);
                            }))
                    .loss();
            values.put("loss of step " + index, numbers(loss));
            gradients.forEach(
                    (name, gradient) -> values.put("gradient of step " + index + " by " + name, numbers(gradient)));
        }
    }

    private static double[] numbers(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
