package io.vae4j.experiments.evaluation.annealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.LinearGaussianData;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainingSession;
import io.vae4j.models.LinearGaussianMarginal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annealing through a model's decoder, against the exact log p(x) of the linear-Gaussian model. */
class AnnealedBoundTest {

    private static final int IMAGES = 5;
    private static final Settings FEW =
            new Settings(Map.of("images", (long) IMAGES, "chains", 12L, "temperatures", 60L, "leapfrogs", 5L));

    @ParameterizedTest
    @ValueSource(strings = {"ais", "ais-from-q"})
    void theBoundIsWithinItsErrorOfTheExactLikelihood(String name) {
        evaluated("ppca", List.of("model.latent=2", "model.scale=1"), subject -> {
            Findings found = evaluation(name).measure(subject, FEW);
            Finding nll = found.figure("nll");

            assertThat(nll.standardError().orElseThrow()).isLessThan(0.2);
            assertThat(-nll.value())
                    .isCloseTo(
                            exactMean(subject), within(4 * nll.standardError().orElseThrow()));
            assertThat(found.figure("acceptance").value()).isBetween(0.3, 0.95);
            assertThat(found.series().values()).allMatch(each -> each.size() == IMAGES);
        });
    }

    @Test
    void theBracketIsNarrowAndTheRightWayRound() {
        evaluated("ppca", List.of("model.latent=2", "model.scale=1"), subject -> {
            Findings found = new SimulatedBracket().measure(subject, FEW);
            double width = found.figure("width").value();

            assertThat(found.figure("upper").value() - found.figure("lower").value())
                    .isCloseTo(width, within(1e-9));
            assertThat(width)
                    .isBetween(-4 * found.figure("width").standardError().orElseThrow(), 0.5);
        });
    }

    /** Few temperatures leave both bounds far off, each on its own side. */
    @Test
    void theBracketOfAShortWalkIsWideAndTheRightWayRound() {
        evaluated("ppca", List.of("model.latent=2", "model.scale=1"), subject -> {
            Settings few =
                    new Settings(Map.of("images", (long) IMAGES, "chains", 2L, "temperatures", 2L, "leapfrogs", 5L));
            Finding width = new SimulatedBracket().measure(subject, few).figure("width");

            assertThat(width.value()).isGreaterThan(width.standardError().orElseThrow());
        });
    }

    /**
     * The class is given to the prior and to the decoder; with two latents, many importance samples know log p(x|c).
     */
    @Test
    void theBoundOfAConditionalModelIsThatOfManyImportanceSamples() {
        try (TrainingSession session = Small.session(Small.recipe("cvae", 1), 0);
                Evaluator evaluator =
                        new Evaluator(session.model(), session.data().test())) {
            LikelihoodEvaluator sampled = LikelihoodEvaluator.measure(evaluator, 0, 2000, IMAGES, done -> {});
            EvaluationSubject subject =
                    new EvaluationSubject(evaluator, session.data(), Memoized.of(() -> sampled), 0, line -> {});
            Finding nll = evaluation("ais").measure(subject, FEW).figure("nll");

            assertThat(-nll.value())
                    .isCloseTo(
                            Mean.of(sampled.logLikelihood()).value(),
                            within(4 * nll.standardError().orElseThrow()));
            assertThat(nll.standardError().orElseThrow()).isLessThan(0.2);
        }
    }

    /** A learned prior, and bits: whatever the parts, there is a path. */
    @ParameterizedTest
    @ValueSource(strings = {"vae", "vae-full"})
    void anyModelOfOneLayerHasABracket(String recipe) {
        Settings tiny = new Settings(Map.of("images", 3L, "chains", 4L, "temperatures", 30L, "leapfrogs", 2L));
        evaluated(
                recipe,
                List.of("model.network.hidden=[6]", "model.latent=3", "model.prior={kind: mixture, components: 2}"),
                subject -> {
                    Findings found = new SimulatedBracket().measure(subject, tiny);

                    assertThat(found.figure("width").value()).isBetween(-2.0, 5.0);
                });
    }

    @Test
    void ofDeepModelsAndOfCodesAndOfWhatIsNoDistributionTheReasonIsSaid() {
        evaluated(
                "deep-vae",
                List.of("model.layers=[{hidden: [6], latent: 3}, {hidden: [6], latent: 2}]"),
                subject -> assertThat(reason("ais", subject)).contains("one layer of continuous latents"));
        evaluated(
                "slides",
                List.of("model.network.hidden=[6]", "model.latent=3"),
                subject -> assertThat(
                                new SimulatedBracket().incompatibility(subject).orElse(""))
                        .contains("no distribution"));
        List<String> planar =
                List.of("model.network.hidden=[6]", "model.latent=3", "model.posterior={kind: planar-flow, flows: 2}");
        evaluated("vae", planar, subject -> {
            assertThat(reason("ais", subject)).isEmpty();
            assertThat(reason("ais-from-q", subject)).contains("at any z");
        });
    }

    private static String reason(String name, EvaluationSubject subject) {
        return evaluation(name).incompatibility(subject).orElse("");
    }

    private static Evaluation evaluation(String name) {
        return name.equals("ais") ? AnnealedBound.fromPrior() : AnnealedBound.fromPosterior();
    }

    /** The closed form is tested against an oracle beside it. */
    private static double exactMean(EvaluationSubject subject) {
        double[] mean = new double[1];
        subject.evaluator().eachBatch(IMAGES, 0, portion -> {
            Pass pass = subject.trained().evaluation(portion.owner(), 0, 0).with(Noise.engine());
            LinearGaussianMarginal exact =
                    LinearGaussianMarginal.of(subject.trained().model(), pass).orElseThrow();
            mean[0] = exact.logProb(portion.asked().x()).mean().getDouble();
        });
        return mean[0];
    }

    private static void evaluated(String recipe, List<String> changes, Consumer<EvaluationSubject> then) {
        try (TrainingSession session = TrainingSession.of(
                        Recipes.find(recipe, changes), LinearGaussianData.noise(33), 0, Device.cpu());
                Evaluator evaluator =
                        new Evaluator(session.model(), session.data().test())) {
            LikelihoodEvaluator likelihood = LikelihoodEvaluator.measure(evaluator, 0, 1, IMAGES, done -> {});
            then.accept(new EvaluationSubject(evaluator, session.data(), Memoized.of(() -> likelihood), 0, line -> {}));
        }
    }
}
