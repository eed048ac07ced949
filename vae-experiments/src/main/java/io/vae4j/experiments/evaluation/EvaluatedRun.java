package io.vae4j.experiments.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.EvaluationResult.LikelihoodFigures;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.TensorFile;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.ModelCard;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run's evaluation, and the figure of each example, which paired comparisons need.
 *
 * @param nll of each example, nats
 * @param title of the model
 * @param target what the nll is of
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record EvaluatedRun(EvaluationResult evaluation, double[] nll, String title, Target target) {

    /**
     * What the nll is of: only figures of one target have a difference.
     *
     * @param files the checksums of the data's files; none for data without files
     */
    public record Target(DataSummary data, Set<String> files, ValueTransform values, String likelihood) {}

    /**
     * Sums up what was measured.
     *
     * @param data the provenance of the examples
     */
    public static EvaluatedRun of(LikelihoodEvaluator measured, TrainedModel trained, Provenance data, long seed) {
        double[] nll =
                Arrays.stream(measured.logLikelihood()).map(value -> -value).toArray();
        return of(figures(measured, nll), nll, trained, data, seed);
    }

    private static LikelihoodFigures figures(LikelihoodEvaluator measured, double... nll) {
        double[] sizes = measured.effectiveSampleSize();
        Mean mean = Mean.of(nll);
        return new LikelihoodFigures(
                Optional.of(mean.value()),
                Optional.of(mean.standardError()),
                Optional.of(Mean.of(sizes).value()),
                Optional.of(Arrays.stream(sizes).min().orElse(Double.NaN)),
                Optional.of(Mean.of(measured.elbo()).value()),
                Optional.of(Mean.of(measured.reconstruction()).value()),
                measured.codes().isPresent()
                        ? List.of()
                        : measured.layers().stream()
                                .map(LayerStatistics::activeUnits)
                                .toList(),
                measured.layers().stream().map(LayerStatistics::kl).toList(),
                measured.codes(),
                Optional.of(measured.samples()),
                Optional.of(nll.length));
    }

    /**
     * Of a model that has no density: what there is to say is said by further evaluations.
     *
     * @param data the provenance of the examples
     */
    public static EvaluatedRun withoutLikelihood(TrainedModel trained, Provenance data, long seed) {
        return of(LikelihoodFigures.NONE, new double[0], trained, data, seed);
    }

    private static EvaluatedRun of(
            LikelihoodFigures figures, double[] nll, TrainedModel trained, Provenance data, long seed) {
        ModelCard card = trained.card();
        DataView view = trained.view();
        Set<String> files = Set.copyOf(data.sha256().values());
        return new EvaluatedRun(
                EvaluationResult.of(
                        figures, trained.epoch(), trained.weights().toString(), seed, card.likelihood(), card.note()),
                nll,
                card.title(),
                new Target(view.summary(), files, view.values(), card.likelihood()));
    }

    /** The same figures, with those of further evaluations. */
    public EvaluatedRun with(Map<String, Findings> further) {
        Map<String, Findings> all = new LinkedHashMap<>(further);
        evaluation.evaluations().forEach(all::putIfAbsent);
        return new EvaluatedRun(evaluation.with(all), nll, title, target);
    }

    /** The same figures, with one more thing that is to be known of them. */
    public EvaluatedRun noting(String more) {
        return new EvaluatedRun(evaluation.noting(more), nll, title, target);
    }

    /**
     * With what an earlier evaluation of the same weights on the same examples has found and this one does not measure.
     *
     * @param folder of the earlier one, if there was any
     * @param measured the names of what this one measures
     */
    public EvaluatedRun keeping(Path folder, Set<String> measured) throws IOException {
        Map<String, Findings> kept = new LinkedHashMap<>(RunFolder.evaluation(folder)
                .filter(evaluation::isOfTheSameAs)
                .map(EvaluationResult::evaluations)
                .orElse(Map.of()));
        kept.keySet().removeAll(measured);
        return with(kept);
    }

    /** Writes evaluation.json and, with the figure of each example, evaluation.safetensors. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (nll.length == 0) {
            RunFolder.write(evaluation, folder);
            return;
        }
        try (NDManager scratch = NDManager.newBaseManager(Device.cpu())) {
            NDArray each = scratch.create(nll);
            AtomicFiles.replace(folder.resolve("evaluation.safetensors"), TensorFile.encode(Map.of("nll", each)));
        }
        RunFolder.write(evaluation, folder);
    }
}
