package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every triple of model, objective and estimator that a recipe accepts is unbiased: its mean gradient is the
 * reparameterized one, at trained weights, by paired samples. What is not is refused with the reason.
 *
 * <p>Every run takes each model with the ELBO and with the importance-weighted bound, and each objective with one
 * model; the long one takes all with all.
 */
class EstimatorOfEveryRecipeTest {

    private static final double STANDARD_ERRORS = 4;
    private static final String LIKELIHOOD = "likelihood";

    /** A model in one of its forms, with the data that it takes. */
    record Case(Map<String, JsonNode> parts) {

        Recipe with(JsonNode objective, JsonNode estimator) {
            Map<String, JsonNode> all = new LinkedHashMap<>(parts);
            all.put("objective", objective);
            all.put("estimator", estimator);
            return KindExamples.recipe(all);
        }

        @Override
        public String toString() {
            return parts.toString();
        }
    }

    /**
     * Every kind of model, with every kind of each part, one part at a time; every likelihood with one of the models,
     * as an estimator knows of it no more than log p(x|z).
     */
    static Stream<Case> models() {
        return cases(chosen(), found -> found.stream().limit(1));
    }

    private static List<ObjectNode> chosen() {
        Map<String, JsonNode> first = new HashMap<>();
        return KindExamples.variants(ModelSpec.class).stream()
                .filter(model -> !model.path(LIKELIHOOD).path("kind").asText().equals("categorical"))
                .filter(model -> model.path("kind").asText().equals("vae")
                        || first.computeIfAbsent(model.path("kind").asText(), kind -> model.path(LIKELIHOOD))
                                .equals(model.path(LIKELIHOOD)))
                .toList();
    }

    /** All combinations, under every condition. */
    static Stream<Case> allModels() {
        return cases(KindExamples.combinations(ModelSpec.class), List::stream);
    }

    static List<ObjectNode> objectives() {
        return KindExamples.examples(ObjectiveSpec.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsAcceptedIsUnbiasedForEveryModel(Case model) {
        check(model, KindExamples.example(ObjectiveSpec.ElboSpec.class));
        check(model, KindExamples.example(ObjectiveSpec.IwaeSpec.class));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void whatIsAcceptedIsUnbiasedForEveryObjective(ObjectNode objective) {
        check(withData(KindExamples.example(VaeSpec.class)).get(0), objective);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("allModels")
    void whatIsAcceptedIsUnbiasedInEveryCombination(Case model) {
        objectives().forEach(objective -> check(model, objective));
    }

    /** So that a refusal of everything could not pass. */
    @Test
    void mostTriplesAreAcceptedAndEveryEstimatorServes() {
        List<String> served = new ArrayList<>();
        int refused = 0;
        for (Case model : models().toList()) {
            for (ObjectNode objective : objectives()) {
                for (ObjectNode estimator : KindExamples.examples(EstimatorSpec.class)) {
                    if (model.with(objective, estimator).incompatibility().isEmpty()) {
                        served.add(estimator.get("kind").asText());
                    } else {
                        refused++;
                    }
                }
            }
        }

        assertThat(served).hasSizeGreaterThan(refused / 2);
        for (ObjectNode estimator : KindExamples.examples(EstimatorSpec.class)) {
            assertThat(served).contains(estimator.get("kind").asText());
        }
    }

    private static void check(Case model, ObjectNode objective) {
        JsonNode reference = KindExamples.example(EstimatorSpec.PathwiseSpec.class);
        List<Recipe> accepted = KindExamples.examples(EstimatorSpec.class).stream()
                .filter(estimator -> !estimator.equals(reference))
                .map(estimator -> model.with(objective, estimator))
                .filter(recipe -> recipe.incompatibility().isEmpty())
                .toList();
        if (!accepted.isEmpty()) {
            try (NDManager manager = NDManager.newBaseManager();
                    TrainedOnSquares trained = new TrainedOnSquares(manager, accepted.get(0))) {
                accepted.forEach(recipe -> check(trained, recipe));
            }
        }
    }

    private static void check(TrainedOnSquares trained, Recipe recipe) {
        double t = trained.largestT(recipe.estimator().estimator(), 0, 12);
        if (t >= STANDARD_ERRORS) {
            // of so many directions some lie as far off by chance; new noise tells
            t = trained.largestT(recipe.estimator().estimator(), 12, 100);
        }
        assertThat(t)
                .as(recipe.model() + " under " + recipe.objective() + " by " + recipe.estimator())
                .isLessThan(STANDARD_ERRORS);
    }

    private static Stream<Case> cases(List<ObjectNode> models, Function<List<Case>, Stream<Case>> chosen) {
        return models.stream().flatMap(model -> chosen.apply(withData(model)));
    }

    /** The data that a model takes, those without a condition first. */
    private static List<Case> withData(ObjectNode model) {
        JsonNode elbo = KindExamples.example(ObjectiveSpec.ElboSpec.class);
        JsonNode reference = KindExamples.example(EstimatorSpec.PathwiseSpec.class);
        List<Case> found = new ArrayList<>();
        for (String condition : List.of("none", "label")) {
            for (String values : List.of("dynamic-binarization", "as-stored")) {
                JsonNode data = KindExamples.yaml("{set: mnist, values: " + values + ", condition: " + condition + "}");
                Case each = new Case(Map.of("model", model, "data", data));
                Optional<String> refusal = each.with(elbo, reference).incompatibility();
                if (refusal.isEmpty()) {
                    found.add(each);
                }
            }
        }
        return found;
    }
}
