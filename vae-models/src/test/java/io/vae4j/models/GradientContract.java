package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.ScoreFunction.Baseline;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every model promises under every estimator that does not refuse it: the mean gradient is the reparameterized
 * one, at trained weights, by paired samples.
 */
abstract class GradientContract extends DensityContract {

    private static final DataType TYPE = DataType.FLOAT64;
    private static final double STANDARD_ERRORS = 4;
    private static final int STEPS = 30;
    private static final int COPIES = 50;

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void everyEstimatorThatServesItIsUnbiased(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        train(model, bits(8, TYPE), build.condition(manager, 8, TYPE), new Elbo(), STEPS);
        List<GradientEstimator> estimators = List.of(
                new StickingTheLanding(),
                new DoublyReparameterized(),
                new ResampledBackward(),
                new ScoreFunction(Baseline.LEAVE_ONE_OUT));
        int served = 0;
        for (Objective objective : List.of(new Elbo(2, 2), new Iwae(3), new Miwae(2, 2), new Ciwae(0.4, 3))) {
            Map<Rounds, GradientSample> references = new EnumMap<>(Rounds.class);
            for (GradientEstimator estimator : estimators) {
                if (estimator
                        .incompatibility(objective)
                        .or(() -> estimator.bias(objective))
                        .isEmpty()) {
                    served += check(build, model, objective, estimator, references) ? 1 : 0;
                }
            }
        }
        // with no density there is nothing but the pathwise gradient of the ELBO
        assertThat(served).isGreaterThanOrEqualTo(build.entry().density() == Density.KNOWN ? 3 : 0);
    }

    /**
     * Whether the estimator serves the model.
     *
     * @param references samples of the reparameterized gradient, made when first needed
     */
    private boolean check(
            Build build,
            LatentModel model,
            Objective objective,
            GradientEstimator estimator,
            Map<Rounds, GradientSample> references) {
        double largest = STANDARD_ERRORS;
        // of so many directions some lie as far off by chance; new noise tells
        for (Rounds rounds : Rounds.values()) {
            if (largest < STANDARD_ERRORS) {
                break;
            }
            Optional<GradientSample> sample = sample(build, model, objective, estimator, rounds);
            if (sample.isEmpty()) {
                return false;
            }
            largest = references
                    .computeIfAbsent(
                            rounds,
                            key -> sample(build, model, objective, new PathwiseGradient(), rounds)
                                    .orElseThrow())
                    .largestT(sample.get());
        }
        assertThat(largest)
                .as(build + " under " + objective + " by " + estimator)
                .isLessThan(STANDARD_ERRORS);
        return true;
    }

    /** Empty where model and estimator do not go together, as they say when they meet. */
    private Optional<GradientSample> sample(
            Build build, LatentModel model, Objective objective, GradientEstimator estimator, Rounds rounds) {
        NDArray x = bits(2, TYPE).repeat(0, COPIES);
        Condition condition = build.condition(manager, 2 * COPIES, TYPE);
        try {
            return Optional.of(GradientSample.of(
                    manager, model, x, condition, estimator, objective, rounds.first, rounds.repeats));
        } catch (IllegalStateException refused) {
            assertThat(refused.getMessage()).containsAnyOf("use ", "point mass", "penalty");
            return Optional.empty();
        }
    }

    /** Which repetitions are looked at; each has noise of its own. */
    private enum Rounds {
        FEW(0, 12),
        MANY(12, 120);

        private final int first;
        private final int repeats;

        Rounds(int first, int repeats) {
            this.first = first;
            this.repeats = repeats;
        }
    }
}
