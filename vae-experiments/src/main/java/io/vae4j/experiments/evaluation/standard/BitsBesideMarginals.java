package io.vae4j.experiments.evaluation.standard;

import ai.djl.ndarray.types.DataType;
import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Bits per dimension of a model of bytes, beside those that the histogram of each pixel by itself needs: the difference
 * is what the model knows of pixels together.
 */
final class BitsBesideMarginals implements Evaluation {

    /** More take a table that fills the memory. */
    private static final int MOST_DIMENSIONS = 256 * 256 * 3;

    private static final Set<ValueTransform> OF_BYTES = Set.of(ValueTransform.AS_STORED, ValueTransform.DEQUANTIZATION);

    @Override
    public String name() {
        return "marginals";
    }

    @Override
    public String title() {
        return "Bits per dimension beside the marginals of pixels";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ALWAYS;
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        Values held = subject.data().test().values();
        if (held.type() != DataType.UINT8
                || !OF_BYTES.contains(subject.trained().view().values())) {
            return Optional.of("levels of bytes are compared, and the model sees something else");
        }
        if (subject.trained().card().bitsOffset().isEmpty()) {
            return Optional.of("the model has no bits per dimension");
        }
        return held.event().size() > MOST_DIMENSIONS
                ? Optional.of("256 counts are kept of each element of an example, and there are more than "
                        + MOST_DIMENSIONS + " elements")
                : Optional.empty();
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        double[] marginal = LevelMarginals.of(subject.data().train().values())
                .bits(subject.data().test().values(), subject.examples());
        double[] model = bits(subject);
        return Findings.of(title())
                .with("model", finding(heading(subject), Mean.of(model)))
                .with("marginals", finding("Bits per dimension of the pixels' marginals", Mean.of(marginal)))
                .with("gain", finding("Marginals less model, paired", Mean.ofDifferences(marginal, model)))
                .with(caution(subject));
    }

    /** L_K is a bound already; that of a density with noise is one of the bytes as well. */
    private static String heading(EvaluationSubject subject) {
        boolean density = subject.trained().card().normalization() == Normalization.DENSITY;
        boolean bound = density && subject.trained().view().values().boundsBits();
        return "Bits per dimension of the model, by L_K" + (bound ? " (upper bound on those of the bytes)" : "");
    }

    private static double[] bits(EvaluationSubject subject) {
        double offset = subject.trained().card().bitsOffset().orElseThrow();
        double dimensions = subject.data().test().values().event().size();
        return Arrays.stream(subject.likelihood().logLikelihood())
                .map(nats -> offset - nats / (dimensions * Math.log(2)))
                .toArray();
    }

    private static Optional<String> caution(EvaluationSubject subject) {
        boolean exact = subject.trained().card().normalization() == Normalization.PROBABILITY
                || subject.trained().view().values().boundsBits();
        return exact
                ? Optional.empty()
                : Optional.of("The model's bits are those of a density at 256 levels, which no code attains; with"
                        + " data.values=dequantization they bound those of a code.");
    }

    private static Finding finding(String heading, Mean mean) {
        return Finding.of(heading, mean.value(), Unit.NUMBER).within(mean.standardError());
    }
}
