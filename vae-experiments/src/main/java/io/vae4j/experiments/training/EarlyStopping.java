package io.vae4j.experiments.training;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.EarlyStoppingSpec;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Says when a run is over before its last epoch. It is a function of metrics.jsonl alone, so that a run that was
 * interrupted stops where it would have.
 */
record EarlyStopping(EarlyStoppingSpec rule) {

    /**
     * The rule of a plan, where it has one.
     *
     * @throws InvalidInput if nothing could be decided by it
     */
    static Optional<EarlyStopping> of(TrainingPlan plan, Dataset data) {
        Optional<EarlyStoppingSpec> rule = plan.train().earlyStopping();
        rule.ifPresent(asked -> {
            if (data.validation().isEmpty()) {
                throw new InvalidInput(
                        "early stopping looks at a validation split, and the data have none",
                        data.name(),
                        "set data.validationShare=0.1, or leave train.earlyStopping away");
            }
            requireKnown(asked.metric(), plan.metrics());
        });
        return rule.map(EarlyStopping::new);
    }

    private static void requireKnown(String metric, List<Metric> known) {
        List<String> keys = known.stream().map(Metric::key).toList();
        if (!keys.contains(metric)) {
            throw new InvalidInput(
                    "there is no metric '" + metric + "'", "train.earlyStopping.metric", "give one of " + keys);
        }
    }

    /**
     * The best epoch of a run up to some epoch; empty before its first. What was marked as such counts also where its
     * line in metrics.jsonl is lost.
     */
    Optional<Checkpoints.Best> best(RunFolder folder, int upTo) throws IOException {
        List<Measurement> all = validated(folder, upTo);
        Optional<Checkpoints.Best> best = folder.checkpoints()
                .best()
                .filter(marked -> marked.epoch() <= upTo && rule.metric().equals(marked.metric()))
                .filter(marked -> all.stream().noneMatch(measured -> measured.epoch() == marked.epoch()));
        for (Measurement measured : all) {
            double value = value(measured);
            if (best.isEmpty() || rule.isBetter(value, best.get().value())) {
                best = Optional.of(new Checkpoints.Best(measured.epoch(), rule.metric(), value));
            }
        }
        return best;
    }

    /** Whether by the end of an epoch too many have passed since the best one. */
    boolean isOver(RunFolder folder, int epoch) throws IOException {
        return best(folder, epoch)
                .filter(best -> epoch - best.epoch() >= rule.patience())
                .isPresent();
    }

    private static List<Measurement> validated(RunFolder folder, int upTo) throws IOException {
        return MetricsFile.read(new RunFiles(folder.path())).history().measurements(Split.VALIDATION).stream()
                .filter(measured -> measured.epoch() <= upTo)
                .toList();
    }

    private double value(Measurement measured) {
        return measured.value(rule.metric())
                .orElseThrow(() -> new InvalidInput(
                        "the validation split is not measured by '" + rule.metric() + "'",
                        "train.earlyStopping.metric",
                        "give one of " + measured.values().keySet()));
    }
}
