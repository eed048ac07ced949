package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.core.Memoized;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which evaluations are measured, and what is said of those that do not apply. */
class EvaluationPlanTest {

    private static final Setting CHAINS = new Setting("chains", 16, 2, "how many chains");

    private static final List<Evaluation> KNOWN = List.of(
            new Counting("cheap", Evaluation.Occasion.ALWAYS, Optional.empty()),
            new Counting("slow", Evaluation.Occasion.ON_REQUEST, Optional.empty()),
            new Counting("picky", Evaluation.Occasion.ON_REQUEST, Optional.of("the data have no factors")));

    @Test
    void whatIsCheapIsAlwaysMeasuredAndTheRestOnRequest() {
        assertThat(measured(Set.of(), Map.of())).containsOnlyKeys("cheap");
        assertThat(measured(Set.of("slow"), Map.of())).containsOnlyKeys("cheap", "slow");
        assertThat(measured(Set.of("all"), Map.of()).keySet()).containsExactly("cheap", "slow", "picky");
    }

    @Test
    void whatDoesNotApplyIsKeptWithItsReason() {
        Findings picky =
                Objects.requireNonNull(measured(Set.of("all"), Map.of()).get("picky"));

        assertThat(picky.notApplicable()).contains("the data have no factors");
        assertThat(picky.figures()).isEmpty();
    }

    @Test
    void settingsReachTheEvaluationAndAreKeptWithItsFindings() {
        Findings usual = found("slow", Map.of());
        Findings set = found("slow", Map.of("slow.chains", "3"));

        assertThat(usual.figure("chains").value()).isEqualTo(16);
        assertThat(set.figure("chains").value()).isEqualTo(3);
        assertThat(set.settings()).containsExactly(Map.entry("chains", 3L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aiss |              | there is no evaluation aiss (--with); choose from cheap, slow, picky, or all",
                "slow | slow.chain=3  | there is no such setting (--set slow.chain); slow has chains",
                "slow | slow.chains=1 | how many chains: 1 is not possible (--set slow.chains); give a whole number of 2",
                "slow | slow.chains=x | x is not possible",
                "slow | chains=3      | write EVALUATION.SETTING=NUMBER",
                "slow | fast.chains=3 | there is no evaluation fast",
                "picky | slow.chains=3 | add --with slow",
            })
    void whatIsMisspeltIsRefusedWithWhatThereIs(String asked, String setting, String message) {
        Map<String, String> settings =
                setting == null ? Map.of() : Map.of(setting.split("=", -1)[0], setting.split("=", -1)[1]);

        assertThatThrownBy(() -> EvaluationPlan.of(KNOWN, Set.of(asked), settings))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void evaluationsAreFoundByServiceLoaderAndHaveNamesOfTheirOwn() {
        assertThat(Evaluations.all())
                .extracting(Evaluation::name)
                .contains("nll-interval", "pareto-k")
                .doesNotHaveDuplicates();
        assertThat(Evaluations.all())
                .extracting(Evaluation::title)
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsAskedForByItsNameAndDoesNotApplyIsRefusedBeforeAnythingIsMeasured() {
        withSubject(subject -> {
            EvaluationPlan plan = EvaluationPlan.of(KNOWN, Set.of("picky"), Map.of());

            assertThatThrownBy(() -> plan.requireApplicable(subject, "runs/a"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("picky does not apply: the data have no factors (runs/a); leave out --with picky");
            assertThatCode(() ->
                            EvaluationPlan.of(KNOWN, Set.of("all"), Map.of()).requireApplicable(subject, "runs/a"))
                    .doesNotThrowAnyException();
        });
    }

    private static Findings found(String name, Map<String, String> settings) {
        return Objects.requireNonNull(measured(Set.of(name), settings).get(name));
    }

    private static Map<String, Findings> measured(Set<String> asked, Map<String, String> settings) {
        List<Set<String>> told = new ArrayList<>();
        Map<String, Findings> found = new LinkedHashMap<>();
        withSubject(subject -> {
            try {
                found.putAll(EvaluationPlan.of(KNOWN, asked, settings)
                        .measure(subject, sofar -> told.add(Set.copyOf(sofar.keySet()))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(told).hasSize(found.size()).last().isEqualTo(found.keySet());
        return found;
    }

    /** None of these asks for the likelihood. */
    private static void withSubject(Consumer<EvaluationSubject> then) {
        try (TrainingSession session = TrainingSession.of(
                        Recipes.find("ppca", List.of("model.latent=2")), LinearGaussianData.noise(4), 0, Device.cpu());
                Evaluator evaluator =
                        new Evaluator(session.model(), session.data().test())) {
            Memoized<LikelihoodEvaluator> none = Memoized.of(() -> {
                throw new AssertionError("the likelihood was measured");
            });
            then.accept(new EvaluationSubject(evaluator, session.data(), none, 0, line -> {}));
        }
    }

    private record Counting(String name, Occasion occasion, Optional<String> refusal) implements Evaluation {

        @Override
        public String title() {
            return "chains of " + name;
        }

        @Override
        public List<Setting> settings() {
            return List.of(CHAINS);
        }

        @Override
        public Optional<String> incompatibility(EvaluationSubject subject) {
            return refusal;
        }

        @Override
        public Findings measure(EvaluationSubject subject, Settings settings) {
            return Findings.of(title()).with("chains", Finding.nats("chains", settings.of(CHAINS)));
        }
    }
}
