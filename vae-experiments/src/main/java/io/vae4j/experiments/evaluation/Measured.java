package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.DataSpec;
import io.vae4j.experiments.recipe.LikelihoodName;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.VqVaeSpec;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.RunJson;
import io.vae4j.experiments.training.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run's evaluation, and the figure of each image, which paired comparisons need.
 *
 * @param nll of each image, nats
 * @param title of the model
 * @param target what the nll is of
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record Measured(Evaluation evaluation, double[] nll, String title, Target target) {

    /** What the nll is of: only figures of one target have a difference. */
    public record Target(DataSpec data, LikelihoodName likelihood) {}

    /** Sums up what was measured. */
    public static Measured of(Likelihoods likelihoods, Experiment experiment, int epoch, long seed, long samples) {
        double[] nll =
                Arrays.stream(likelihoods.logLikelihood()).map(value -> -value).toArray();
        double[] sizes = likelihoods.effectiveSampleSize();
        Mean mean = Mean.of(nll);
        Recipe recipe = experiment.recipe();
        Evaluation evaluation = new Evaluation(
                mean.value(),
                mean.standardError(),
                Mean.of(sizes).value(),
                Arrays.stream(sizes).min().orElse(Double.NaN),
                Mean.of(likelihoods.elbo()).value(),
                Mean.of(likelihoods.reconstruction()).value(),
                likelihoods.codes().isPresent()
                        ? List.of()
                        : likelihoods.layers().stream()
                                .map(LayerUse::activeUnits)
                                .toList(),
                likelihoods.layers().stream().map(LayerUse::kl).toList(),
                likelihoods.codes(),
                epoch,
                samples,
                nll.length,
                seed,
                recipe.likelihoodTitle(),
                note(recipe));
        return new Measured(
                evaluation,
                nll,
                recipe.model().title(experiment.dimensions()),
                new Target(recipe.data(), recipe.model().likelihood()));
    }

    private static Optional<String> note(Recipe recipe) {
        List<String> notes = new ArrayList<>();
        if (recipe.scale() == LikelihoodName.Scale.RELATIVE) {
            notes.add("not a likelihood: " + recipe.model().likelihood().title());
        }
        if (recipe.data().condition() != ConditionName.NONE) {
            notes.add("given the class: -log p(x|c)");
        }
        if (recipe.model() instanceof VqVaeSpec) {
            notes.add("a bound by one grid of codes: all samples are alike");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** Writes evaluation.json and, with the figure of each image, evaluation.safetensors. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (NDManager scratch = NDManager.newBaseManager()) {
            NDArray each = scratch.create(nll);
            AtomicFiles.replace(folder.resolve("evaluation.safetensors"), TensorFile.encode(Map.of("nll", each)));
        }
        AtomicFiles.replace(folder.resolve("evaluation.json"), json());
    }

    private byte[] json() {
        try {
            return RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(evaluation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an evaluation could not be written as JSON", e);
        }
    }
}
