package io.vae4j.experiments.training;

import io.vae4j.core.NoiseScheme;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.RunJson;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that a process elsewhere must know to be a worker of a run. It reads the data by itself, from where the recipe
 * says that they lie, and must find what the run has.
 *
 * @param recipe as YAML
 * @param data of the run
 * @param dataFolder a folder with the original files of a data set, if the user has given one
 * @param seed of the run
 * @param noise scheme of the run
 * @param method how many workers there are, and how long a round is
 * @param device that is asked for, on each machine its own
 */
public record WorkerAssignment(
        String recipe,
        DataRecord data,
        Optional<String> dataFolder,
        long seed,
        NoiseScheme noise,
        LocalSgd method,
        DeviceRequest device) {

    /** Of a run. */
    public static WorkerAssignment of(
            Recipe recipe,
            Dataset data,
            Optional<Path> dataFolder,
            Randomness randomness,
            LocalSgd method,
            DeviceRequest device) {
        return new WorkerAssignment(
                Recipes.write(recipe),
                DataRecord.of(data),
                dataFolder.map(folder -> folder.toAbsolutePath().toString()),
                randomness.seed(),
                randomness.scheme(),
                method,
                device);
    }

    /** As it travels. */
    public byte[] json() {
        return RunJson.write(this);
    }

    /** As it was sent. */
    public static WorkerAssignment of(byte[] json) {
        return RunJson.parse(json, WorkerAssignment.class);
    }

    /** What is trained. */
    Recipe parsedRecipe() {
        return Recipes.parse(recipe, "the recipe of the run", List.of());
    }

    /** All randomness of the run. */
    Randomness randomness() {
        return new Randomness(seed, noise);
    }

    /**
     * Reads the data.
     *
     * @param cache of downloads
     * @throws InvalidInput if they cannot be had here, or are others than the run's
     */
    Dataset load(Path cache, Consumer<String> progress) {
        DataAccess access = new DataAccess(cache, dataFolder.map(Path::of), progress);
        Optional<DataSummary> form = data.summary();
        Recipe wanted = parsedRecipe();
        Dataset loaded = form.map(known -> wanted.data().load(access, known))
                .orElseGet(() -> wanted.data().load(access));
        Map<String, Integer> examples = DataRecord.of(loaded).examples();
        if (data.differsFrom(loaded.provenance()) || !examples.equals(data.examples())) {
            throw new InvalidInput(
                    "a worker reads other data than the run: " + examples + " examples where the run has "
                            + data.examples() + (data.differsFrom(loaded.provenance()) ? ", of another SHA-256" : ""),
                    loaded.name(),
                    "put the same files under the same path on all machines, or on a file system that all of them see");
        }
        return loaded;
    }
}
