package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run folder tells, as far as it goes: a run may be under way, interrupted or damaged.
 *
 * @param name of the folder
 * @param evaluation what the command {@code evaluate} found, if it was called
 * @param recipe the resolved recipe, as text
 * @param notes sentences about what is wrong or left out
 */
public record RunContents(
        RunFiles files,
        String name,
        History history,
        Manifest manifest,
        Optional<EvaluationResult> evaluation,
        Optional<String> recipe,
        List<String> notes) {

    private static final long MOST_BYTES = 1L << 20;

    /**
     * Reads a run folder.
     *
     * @throws InvalidInput if there is no run, or a file is garbled
     */
    public static RunContents read(Path folder) throws IOException {
        RunFiles files = new RunFiles(folder);
        MetricsFile metrics = MetricsFile.read(files);
        History history = metrics.history();
        Optional<String> recipe =
                files.bytes(RunFolder.RECIPE, MOST_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (history.all().isEmpty() && recipe.isEmpty()) {
            throw new InvalidInput(
                    "there is no run in this folder", folder.toString(), "give the folder that a training run printed");
        }
        List<String> notes = new ArrayList<>(metrics.notes());
        if (history.all().isEmpty()) {
            notes.add("No epoch was finished yet, or metrics.jsonl has lost them, so there is no figure to show.");
        }
        notes.addAll(divergences(history));
        Optional<EvaluationResult> evaluation = RunFolder.evaluation(files, notes::add);
        Manifest manifest = RunFolder.manifest(files);
        notes.addAll(doubts(manifest, recipe));
        return new RunContents(files, files.name(), history, manifest, evaluation, recipe, notes);
    }

    /** The recipe's name, or the folder's where the manifest does not say. */
    public String recipeName() {
        return manifest.recipe().orElse(name);
    }

    /** Files that do not go together: one of them is lost, or was changed, or is another run's. */
    private static List<String> doubts(Manifest manifest, Optional<String> recipe) {
        List<String> doubts = new ArrayList<>();
        if (manifest.equals(Manifest.unknown())) {
            doubts.add("There is no manifest.json, or it says nothing: what made this run is not known.");
        }
        recipe.map(text -> Sha256.of(text.getBytes(StandardCharsets.UTF_8)))
                .filter(now -> manifest.recipeSha256()
                        .filter(then -> !then.equals(now))
                        .isPresent())
                .ifPresent(
                        now -> doubts.add(
                                "The recipe shown here is not the one by which the run was trained, by its SHA-256 in manifest.json."));
        return doubts;
    }

    private static List<String> divergences(History history) {
        List<String> notes = new ArrayList<>();
        for (Split split : Split.values()) {
            List<Integer> epochs = history.measurements(split).stream()
                    .filter(m -> m.diverged(StandardMetrics.LOSS))
                    .map(Measurement::epoch)
                    .toList();
            if (!epochs.isEmpty()) {
                notes.add("The " + split.label() + " loss was not finite after "
                        + (epochs.size() == 1 ? "1 epoch" : epochs.size() + " epochs") + ", first after epoch "
                        + epochs.get(0) + ". The curves have gaps there.");
            }
        }
        return notes;
    }
}
