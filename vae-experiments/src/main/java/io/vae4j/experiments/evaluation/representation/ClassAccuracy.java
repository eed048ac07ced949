package io.vae4j.experiments.evaluation.representation;

import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Findings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often the classes of test examples are told from features by something that has learned from those of training
 * examples; a subclass says by what.
 */
abstract class ClassAccuracy implements Evaluation {

    private static final Setting TRAIN = new Setting("train", 10_000, 1, "how many training examples it learns from");

    private final String name;
    private final String title;
    private final List<Setting> settings;

    ClassAccuracy(String name, String title, Setting... further) {
        this.name = name;
        this.title = title;
        settings = Stream.concat(Stream.of(TRAIN), Stream.of(further)).toList();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public final List<Setting> settings() {
        return settings;
    }

    @Override
    public final Optional<String> incompatibility(EvaluationSubject subject) {
        return LabeledFeatures.incompatibility(subject.data());
    }

    @Override
    public final Findings measure(EvaluationSubject subject, Settings chosen) {
        int count = Math.min(chosen.of(TRAIN), subject.data().train().count());
        return accuracies(Findings.of(title), subject, chosen, count)
                .with(LabeledFeatures.caution(subject))
                .with(Optional.of(how(count)));
    }

    /**
     * Adds the accuracies.
     *
     * @param count of training examples
     */
    abstract Findings accuracies(Findings found, EvaluationSubject subject, Settings chosen, int count);

    /** How something was learned from so many training examples. */
    abstract String how(int count);
}
