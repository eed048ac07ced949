package org.example.parts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationProvider;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.experiments.training.Minibatch;
import java.util.List;
import java.util.Optional;

/** An evaluation of one's own: how far the codes of test examples lie from zero. */
public final class OwnEvaluations implements EvaluationProvider {

    @Override
    public List<Evaluation> evaluations() {
        return List.of(new CodeNorm());
    }

    private static final class CodeNorm implements Evaluation {

        @Override
        public String name() {
            return "code-norm";
        }

        @Override
        public String title() {
            return "Norm of the codes";
        }

        @Override
        public Occasion occasion() {
            return Occasion.ALWAYS;
        }

        @Override
        public Optional<String> incompatibility(EvaluationSubject subject) {
            return Optional.empty();
        }

        @Override
        public Findings measure(EvaluationSubject subject, Settings settings) {
            int count = subject.examples();
            try (NDManager scratch = subject.trained().newManager()) {
                Minibatch shown = subject.evaluator().examples(scratch, 0, count, subject.seed());
                NDArray codes = subject.trained().encode(shown.x(), shown.condition());
                NDArray norms = codes.reshape(count, -1).norm(new int[] {1});
                float mean = norms.mean().getFloat();
                float spread = norms.sub(norms.mean()).norm().getFloat();
                double error = spread / Math.sqrt(count * Math.max(1.0, count - 1));
                return Findings.of(title())
                        .with("mean", Finding.of("Mean |z|", mean, Unit.NUMBER).within(error));
            }
        }
    }
}
