package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.recipe.RecipeValues;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.ExampleNll;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One of several runs that a page compares.
 *
 * @param recipe its values by their keys; none where there is no recipe to read
 * @param figures by their names
 * @param nll of each example that was evaluated, nats
 * @param notes sentences about what is wrong or left out
 */
record ComparedRun(
        RunContents run,
        Pictures pictures,
        Map<String, ValueNode> recipe,
        Map<String, FigureRecord> figures,
        Optional<List<Double>> nll,
        List<String> notes) {

    /** What runs have in common that differ by their seed alone. */
    private record Settings(Map<String, ValueNode> recipe, Optional<Set<String>> data, int epochs) {}

    static ComparedRun read(Path folder) throws IOException {
        RunContents run = RunContents.read(folder);
        Pictures pictures = Pictures.of(run);
        List<String> notes = new ArrayList<>(run.notes());
        notes.addAll(pictures.notes());
        Map<String, FigureRecord> figures = FigureRecord.byName(run.files(), notes);
        Optional<List<Double>> nll = ExampleNll.read(run.files(), notes);
        return new ComparedRun(run, pictures, recipe(run, notes), figures, nll, notes);
    }

    private static Map<String, ValueNode> recipe(RunContents run, List<String> notes) {
        if (run.recipe().isEmpty()) {
            return Map.of();
        }
        String yaml = run.recipe().get();
        if (isFromJava(run)) {
            return RecipeValues.asWritten(yaml);
        }
        String where = run.files().folder().resolve(RunFolder.RECIPE).toString();
        Optional<Map<String, ValueNode>> values = RecipeValues.of(yaml, where);
        if (values.isEmpty()) {
            notes.add("The recipe cannot be read and is not compared with others.");
        }
        return values.orElse(Map.of());
    }

    private static boolean isFromJava(RunContents run) {
        return run.manifest().origin().orElse(Manifest.Origin.RECIPE) == Manifest.Origin.JAVA;
    }

    /** Whether both are of one recipe, on the same data and equally far, from different seeds. */
    boolean differsBySeedAlone(ComparedRun other) {
        return settings().isPresent() && settings().equals(other.settings()) && !seed().equals(other.seed());
    }

    /** Empty where they are not known to the last value: of a model made in Java, only its code says them all. */
    private Optional<Settings> settings() {
        if (recipe.isEmpty() || seed().isEmpty() || isFromJava(run)) {
            return Optional.empty();
        }
        Optional<Set<String>> data = run.manifest().latestData().map(DataRecord::content);
        return Optional.of(new Settings(recipe, data, run.history().epochs()));
    }

    Optional<Long> seed() {
        return run.manifest().seed();
    }

    /** What was measured on the test examples after the last epoch. */
    Measurement last() {
        return run.history().last(Split.TEST).orElse(Measurement.none(Split.TEST));
    }

    /** The same on the validation examples. */
    Measurement validation() {
        return run.history().last(Split.VALIDATION).orElse(Measurement.none(Split.VALIDATION));
    }

    OptionalDouble loss() {
        return last().value(StandardMetrics.LOSS);
    }
}
