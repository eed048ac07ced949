package io.vae4j.experiments.evaluation.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.core.Memoized;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.evaluation.EvaluationPlan;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisentanglementScoresTest {

    private final DisentanglementScores evaluation = new DisentanglementScores();

    @Test
    void everyScoreOfTheMetricsIsAFigure() throws IOException {
        Dataset shapes = shapes();
        Recipe recipe = Recipes.find("vae", List.of("model.network.hidden=[8]", "model.latent=3"));
        try (TrainingSession session = Small.session(recipe, shapes, 0);
                Evaluator evaluator = new Evaluator(session.model(), shapes.test())) {
            EvaluationSubject subject = subject(evaluator, shapes);
            Findings found = EvaluationPlan.of(List.of(evaluation), Set.of(), Map.of())
                    .measure(subject, sofar -> {})
                    .getOrDefault("disentanglement", Findings.of("nothing"));
            Map<String, Double> direct =
                    Disentanglement.of(session.model(), shapes.test(), 5).scores();

            assertThat(evaluation.incompatibility(subject)).isEmpty();
            assertThat(found.figures().keySet())
                    .containsExactlyElementsOf(direct.keySet())
                    .contains("mig", "factor_vae_score");
            direct.forEach((key, score) ->
                    assertThat(found.figure(key).value()).as(key).isCloseTo(score, within(0.0)));
        }
    }

    @Test
    void dataWithoutFactorsAreToldSo() {
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 0);
                Evaluator evaluator =
                        new Evaluator(session.model(), Small.data().test())) {
            assertThat(evaluation.incompatibility(subject(evaluator, Small.data())))
                    .hasValueSatisfying(
                            reason -> assertThat(reason).contains("no factors are known", "such as shapes"));
        }
    }

    private static Dataset shapes() {
        String keys = "data.set={kind: shapes, size: 32, scales: 2, orientations: 3, positions: 4, testShare: 0.25}";
        return Recipes.find("vae", List.of(keys)).data().set().load(DataAccess.standard());
    }

    private static EvaluationSubject subject(Evaluator evaluator, Dataset data) {
        return new EvaluationSubject(
                evaluator,
                data,
                Memoized.of(() -> LikelihoodEvaluator.measure(evaluator, 5, 2, 4, done -> {})),
                5,
                line -> {});
    }
}
