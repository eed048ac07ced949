package io.vae4j.experiments.evaluation.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.vae4j.core.Memoized;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.LinearGaussianData;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is closed against what is sampled: both know the same model. */
class ExactGapTest {

    private static final int IMAGES = 33;
    private static final List<String> SMALL = List.of("model.latent=2", "model.scale=1");

    @Test
    void theGapIsTheDifferenceOfTheSampledBounds() {
        evaluated("ppca", SMALL, 20_000, subject -> {
            LikelihoodEvaluator sampled = subject.likelihood();
            Findings exact = new ExactGap().measure(subject, new Settings(Map.of()));
            double worst = Arrays.stream(sampled.effectiveSampleSize()).min().orElseThrow();

            assertThat(exact.figure("log_likelihood").value())
                    .isCloseTo(Mean.of(sampled.logLikelihood()).value(), within(4 / Math.sqrt(worst * IMAGES)));
            assertThat(exact.figure("elbo").value())
                    .isCloseTo(Mean.of(sampled.elbo()).value(), within(0.05));
            assertThat(exact.figure("gap").value()).isPositive();
            assertThat(exact.figure("gap").value())
                    .isCloseTo(
                            exact.figure("gap_of_mean").value()
                                    + exact.figure("gap_of_covariance").value(),
                            within(1e-9));
        });
    }

    @Test
    void ofAnyOtherModelTheReasonIsSaid() {
        List<String> small = List.of("model.network.hidden=[4]", "model.latent=2");
        evaluated(
                "vae",
                small,
                1,
                subject -> assertThat(new ExactGap().incompatibility(subject))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("linear-Gaussian")));
        evaluated(
                "ppca",
                SMALL,
                1,
                subject -> assertThat(new ExactGap().incompatibility(subject)).isEmpty());
    }

    @Test
    void aFlowHasNoKlOfItsDimensionsAndSaysSo() {
        List<String> small = List.of("model.network.hidden=[4]", "model.latent=2");
        evaluated(
                "vae-flow",
                small,
                1,
                subject -> assertThat(new KlPerDimension().incompatibility(subject))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("no closed form")));
    }

    private static void evaluated(String recipe, List<String> changes, long samples, Consumer<EvaluationSubject> then) {
        try (TrainingSession session = TrainingSession.of(
                        Recipes.find(recipe, changes), LinearGaussianData.noise(IMAGES), 0, Device.cpu());
                Evaluator evaluator =
                        new Evaluator(session.model(), session.data().test())) {
            LikelihoodEvaluator likelihood = LikelihoodEvaluator.measure(evaluator, 0, samples, IMAGES, done -> {});
            then.accept(new EvaluationSubject(evaluator, session.data(), Memoized.of(() -> likelihood), 0, line -> {}));
        }
    }
}
