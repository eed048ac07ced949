package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement.NotApplicable;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement.Outcome;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement.Scored;
import io.vae4j.experiments.evaluation.disentanglement.DisentanglementMetric.Score;
import io.vae4j.experiments.evaluation.disentanglement.EncodedExamples;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Optional;

/**
 * Whether single latent dimensions stand for single factors, by every metric of disentanglement, on the test examples
 * of data whose factors are known.
 */
final class DisentanglementScores implements Evaluation {

    /** For more, memory and time would go into dimensions that no metric was meant for. */
    private static final int MOST = 200;

    @Override
    public String name() {
        return "disentanglement";
    }

    @Override
    public String title() {
        return "Disentanglement";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        if (!(subject.data().test().labels() instanceof Labels.Factors)) {
            return Optional.of("no factors are known; take data such as shapes");
        }
        long dimensions = EncodedExamples.dimensions(subject.trained());
        return dimensions <= MOST
                ? Optional.empty()
                : Optional.of("its classifiers and trees take at most " + MOST
                        + " latent dimensions, and the model has " + dimensions);
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        Disentanglement measured =
                Disentanglement.of(subject.trained(), subject.data().test(), subject.seed());
        Findings found = Findings.of(title() + " of " + measured.examples() + " examples");
        for (Outcome outcome : measured.outcomes()) {
            found = with(found, outcome);
        }
        return found.with(
                measured.constant().isEmpty()
                        ? Optional.empty()
                        : Optional.of("nothing is said of factors that do not differ: " + measured.constant()));
    }

    private static Findings with(Findings found, Outcome outcome) {
        if (outcome instanceof NotApplicable not) {
            return found.with(Optional.of(not.metric().title() + " does not apply: " + not.reason()));
        }
        Findings all = found;
        for (Score score : ((Scored) outcome).scores()) {
            String heading =
                    score.key().replace('_', ' ') + ", " + outcome.metric().paper();
            all = all.with(score.key(), Finding.of(heading, score.value(), Unit.NUMBER));
        }
        return all;
    }
}
