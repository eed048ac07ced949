package io.vae4j.spark.inference;

import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.CheckpointChoice;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.spark.ExecutorEngine;
import io.vae4j.spark.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model as an executor process has it: one copy, whatever the number of its tasks and partitions. It stays loaded
 * between jobs, until a task needs another one and no task this one.
 */
final class LoadedModel {

    private static final Map<String, LoadedModel> LOADED = new HashMap<>();
    private static final AtomicInteger LOADS = new AtomicInteger();

    private final Recipe recipe;
    private final TrainedModel trained;
    private int users;

    private LoadedModel(Recipe recipe, TrainedModel trained) {
        this.recipe = recipe;
        this.trained = trained;
    }

    /** The model, for a task that says when it needs it no more. */
    static LoadedModel use(ModelSource source) {
        ExecutorEngine.requireVersion(source.version());
        return ExecutorEngine.alone(() -> {
            String key = source.sha256() + " " + source.device();
            LoadedModel model = LOADED.get(key);
            if (model == null) {
                closeUnused();
                model = loaded(source);
                LOADED.put(key, model);
            }
            model.users++;
            return model;
        });
    }

    /** Lets another model take its place. */
    void leave() {
        ExecutorEngine.alone(() -> users--);
    }

    private static void closeUnused() {
        for (Iterator<LoadedModel> models = LOADED.values().iterator(); models.hasNext(); ) {
            LoadedModel model = models.next();
            if (model.users == 0) {
                model.trained.close();
                models.remove();
            }
        }
    }

    private static LoadedModel loaded(ModelSource source) {
        RunDevice device = ExecutorEngine.start(source.deviceRequest());
        try (ScratchFolder scratch = ScratchFolder.make("run")) {
            RunFolder folder = RunCopy.into(scratch.path(), source.files().value());
            TrainedModel trained =
                    TrainedModel.load(folder, new CheckpointChoice.Epoch(source.epoch()), device.device());
            LOADS.incrementAndGet();
            return new LoadedModel(TrainedModel.recipe(folder), trained);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many models this process has loaded so far, and how many it holds. */
    static Count count() {
        return ExecutorEngine.alone(() -> new Count(LOADS.get(), LOADED.size()));
    }

    /** Of models in a process. */
    record Count(int loads, int held) {}

    TrainedModel trained() {
        return trained;
    }

    Recipe recipe() {
        return recipe;
    }
}
