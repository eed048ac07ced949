package io.vae4j.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a run folder tells the report.
 *
 * @param name of the folder
 * @param evaluation what the command {@code evaluate} found, if it was called
 * @param notes sentences about what is wrong or left out
 */
record Run(
        String name,
        History history,
        Manifest manifest,
        Optional<Evaluated> evaluation,
        Optional<RecipeText> recipe,
        Pictures pictures,
        List<String> notes) {

    /**
     * Reads the run folder.
     *
     * @throws io.vae4j.experiments.InvalidInput if it is missing, or lacks or garbles what a report needs
     */
    static Run read(Path folder) throws IOException {
        RunFiles files = new RunFiles(folder);
        MetricsFile metrics = MetricsFile.read(files);
        History history = metrics.history();
        Pictures pictures = Pictures.read(files);
        List<String> notes = new ArrayList<>(metrics.notes());
        notes.addAll(divergences(history));
        notes.addAll(pictures.notes());
        return new Run(
                files.name(),
                history,
                Manifest.read(files),
                Evaluated.read(files),
                RecipeText.read(files),
                pictures,
                notes);
    }

    /** The recipe's name, or the folder's where the manifest does not say. */
    String recipeName() {
        return manifest.text("recipe").orElse(name);
    }

    /** What was trained. */
    Optional<String> modelName() {
        return manifest.text("model").or(() -> recipe.flatMap(text -> text.nameOf("model")));
    }

    private static List<String> divergences(History history) {
        List<String> notes = new ArrayList<>();
        for (Split split : Split.values()) {
            List<Integer> epochs = history.measurements(split).stream()
                    .filter(m -> m.diverged(Metric.LOSS))
                    .map(Measurement::epoch)
                    .toList();
            if (!epochs.isEmpty()) {
                notes.add("The " + split.label() + " loss was not finite after " + Wording.count(epochs.size(), "epoch")
                        + ", first after epoch " + epochs.get(0) + ". The curves have gaps there.");
            }
        }
        return notes;
    }
}
