package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Datasets;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Manifest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** With which data a command works. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = {
                "a data set of your own: a NumPy file (.npz) with arrays x_train, x_test and labels y_train, y_test,",
                "or a folder of PNG or JPEG files, with a subfolder for each class if there are classes"
            })
    private Optional<Path> data = Optional.empty();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "a folder with the four MNIST files, raw or .gz")
    private Optional<Path> dataDir = Optional.empty();

    /** The recipe for the data that the user names, or as it is. */
    Recipe applied(Recipe recipe) {
        return data.map(path -> recipe.withData(Datasets.at(path).source())).orElse(recipe);
    }

    /** The data of a recipe. */
    Dataset load(Recipe recipe, Consumer<String> narrator) {
        DataAccess access = new DataAccess(CacheFolder.ofProcess().path(), dataDir, narrator);
        Dataset loaded = recipe.data().set().load(access);
        String taken = data.map(
                        path -> "taking " + path + " as " + Datasets.at(path).kind() + ": ")
                .orElse("");
        narrator.accept(taken + describe(loaded));
        return loaded;
    }

    /** The data that a run was trained on, or those that the user names; where they differ that is said. */
    Dataset ofRun(Recipe recipe, Manifest manifest, Consumer<String> narrator) {
        Dataset loaded = load(applied(recipe), narrator);
        Map<String, String> before = manifest.data().map(DataRecord::sha256).orElse(Map.of());
        if (!before.isEmpty() && !before.equals(loaded.provenance().sha256())) {
            narrator.accept("these are other data than those that the run was trained on");
        }
        return loaded;
    }

    private static String describe(Dataset data) {
        int classes = data.summary().classes().size();
        return data.name() + ": " + data.train().count() + " examples to train on and "
                + data.test().count() + " to test on, of shape "
                + data.summary().event()
                + (classes == 0 ? "" : ", in " + classes + " classes");
    }
}
