package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.sweep.Event.RunName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The files of a sweep's runs: the recipes that are given to them, and what they have written. */
record RunRecords(SweepPlan plan, SweepFolder folder) {

    /**
     * Has the recipe of a setting written down.
     *
     * @return why there is none, if its values do not go together
     */
    Optional<String> refusal(int setting, Map<String, JsonNode> values) throws IOException {
        Path file = folder.recipe(plan.settingName(setting));
        if (Files.exists(file)) {
            return Optional.empty();
        }
        try {
            byte[] yaml = Recipes.write(plan.recipe(values)).getBytes(StandardCharsets.UTF_8);
            AtomicFiles.replace(file, yaml);
            return Optional.empty();
        } catch (InvalidInput e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    RunBackend.Order order(RunName run, Optional<Integer> until) {
        return new RunBackend.Order(
                plan.runName(run), folder.recipe(plan.settingName(run.setting())), run.seed(), folder.path(), until);
    }

    /** What was measured after the run's last epoch on the split that counts; empty where nothing was. */
    Optional<Measurement> last(RunBackend.Order order) throws IOException {
        return MetricsFile.read(new RunFiles(order.folder()))
                .history()
                .last(plan.spec().goal().split());
    }

    /** How many epochs a run has done, as far as can be seen while it writes. */
    int epochs(RunBackend.Order order) {
        try {
            return Files.isDirectory(order.folder())
                    ? MetricsFile.read(new RunFiles(order.folder())).history().epochs()
                    : 0;
        } catch (IOException | InvalidInput e) {
            return 0;
        }
    }

    /** Whether a run will not be trained further: it is at its end, or has stopped before it was to pause. */
    boolean isOver(RunBackend.Order order, int epochs) {
        return order.until().isEmpty() || epochs < order.until().get();
    }

    /**
     * What an evaluation has found.
     *
     * @param fault why there is nothing, as its process told it
     */
    Event.Evaluated evaluated(RunName run, Optional<String> fault) throws IOException {
        Optional<EvaluationResult> found = fault.isPresent()
                ? Optional.empty()
                : RunFolder.evaluation(SweepFolder.run(folder.path(), plan.runName(run)));
        return new Event.Evaluated(now(), run, found.flatMap(EvaluationResult::nll), fault);
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
