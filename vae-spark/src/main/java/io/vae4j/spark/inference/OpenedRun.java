package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.BuildInfo;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.spark.ScratchFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A run as the driver knows it, which starts no engine, and its files on their way to executors.
 *
 * @param copy what is sent
 * @param files the same, in Spark's hands
 * @param recipe of the model
 * @param summary of the data that it was trained on
 */
record OpenedRun(RunCopy copy, Broadcast<TreeMap<String, byte[]>> files, Recipe recipe, DataSummary summary) {

    /** @throws InvalidInput if its model was made in Java, or needs a plugin that is not here */
    static OpenedRun of(SparkSession spark, RunCopy copy) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.make("run")) {
            RunFolder folder = RunCopy.into(scratch.path(), copy.files());
            Recipe recipe = TrainedModel.recipe(folder);
            DataSummary summary = TrainedModel.summary(folder);
            Broadcast<TreeMap<String, byte[]>> files =
                    JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(copy.files());
            return new OpenedRun(copy, files, recipe, summary);
        }
    }

    /** How an executor comes by the model. */
    ModelSource source(String device) {
        return new ModelSource(copy.sha256(), files, copy.epoch(), device, BuildInfo.version());
    }

    boolean hasDensity() {
        return recipe.model().density() != Density.NONE;
    }

    /** @throws InvalidInput if there is no bound of log p(x) */
    void requireDensity() {
        if (!hasDensity()) {
            throw new InvalidInput(
                    "the posterior is a point mass, so the model has no bound of log p(x)",
                    copy.address(),
                    "score the rows, which gives reconstruction errors");
        }
    }

    /** Refuses, before any row is read, what no row could mend. */
    void requireStorage(ExampleReader reader) {
        DataSummary found = new DataSummary(summary.event(), reader.storage().narrowest(), summary.classes());
        recipe.incompatibility(found).ifPresent(reason -> {
            throw new InvalidInput("the run's model is not for these data", reader.where(), reason);
        });
    }

    /** What reads the classes of rows; empty where the model is given none, or one for all. */
    Optional<LabelReader> labels(TableColumns columns, InferenceSettings settings) {
        boolean conditional = recipe.data().condition() != ConditionName.NONE;
        if (!conditional && settings.condition().isPresent()) {
            throw new InvalidInput(
                    "this model has no condition",
                    "condition " + settings.condition().get(),
                    "leave the condition away");
        }
        if (!conditional || settings.condition().isPresent()) {
            return Optional.empty();
        }
        String column = settings.labels()
                .orElseThrow(() -> new InvalidInput(
                        "the model is given the class of a row, and no column of classes is named",
                        copy.address(),
                        "name it: --labels; or give all rows one class: --condition with one of " + summary.classes()));
        return Optional.of(columns.labels(column, summary.classes()));
    }
}
