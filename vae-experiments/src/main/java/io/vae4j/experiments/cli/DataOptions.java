package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Datasets;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.IncompleteExamples;
import io.vae4j.experiments.recipe.DataArgument;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** With which data a command works. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = {
                "a data set of your own: a table (.csv), NumPy files (npz, npy), IDX files, or a folder of pictures,"
                        + " with a subfolder for each class; or the name of one that needs no path, such as"
                        + " fashion-mnist"
            })
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "a folder with the original files of mnist, fashion-mnist or cifar10")
    private Optional<Path> dataDir = Optional.empty();

    /** Refuses data, whatever they are, where a command has no use for them. */
    void refuse(String command, String remedy) {
        if (data.isPresent() || dataDir.isPresent()) {
            throw new InvalidInput(
                    (data.isPresent() ? "--data" : "--data-dir") + " is given, and no data are read", command, remedy);
        }
    }

    /** Where the user says that the original files of a data set lie. */
    Optional<Path> originals() {
        return dataDir;
    }

    /** The recipe for the data that the user names, or as it is. */
    Recipe applied(Recipe recipe) {
        return data.map(argument -> recipe.withData(DataArgument.of(argument).source()))
                .orElse(recipe);
    }

    /** The user's overrides of a recipe, behind one for the data that the user names: they may tell more of these. */
    List<String> before(List<String> overrides) {
        return Stream.concat(
                        data
                                .map(argument -> DataArgument.override(
                                        DataArgument.of(argument).source()))
                                .stream(),
                        overrides.stream())
                .toList();
    }

    /** The data of a recipe. */
    Dataset load(Recipe recipe, Consumer<String> narrator) {
        return told(recipe.data().load(access(narrator)), narrator);
    }

    private Dataset told(Dataset loaded, Consumer<String> narrator) {
        String taken = data.map(argument -> "taking " + argument + " as "
                        + DataArgument.of(argument).kind() + ": ")
                .orElse("");
        DataLines description = new DataLines(loaded);
        narrator.accept(taken + description.summary());
        description.dark().ifPresent(narrator);
        return loaded;
    }

    /** The folder of the original files, as another process is told of it. */
    List<String> folder() {
        return dataDir.map(
                        folder -> List.of("--data-dir", folder.toAbsolutePath().toString()))
                .orElse(List.of());
    }

    private DataAccess access(Consumer<String> narrator) {
        return new DataAccess(CacheFolder.ofProcess().path(), dataDir, narrator);
    }

    /**
     * What is put to a trained model: the examples that the user names, or else the test examples of the run.
     *
     * @throws InvalidInput if the run's model is not for such data
     */
    Examples asked(RunFolder run, Consumer<String> narrator) {
        return put(run, narrator, DatasetSource::asked, Dataset::test);
    }

    /** As {@link #asked}, where elements may be missing. */
    IncompleteExamples incomplete(RunFolder run, Consumer<String> narrator) {
        return put(run, narrator, DatasetSource::incomplete, loaded -> IncompleteExamples.complete(loaded.test()));
    }

    /**
     * Examples in some file, in the form of a run's data.
     *
     * @throws InvalidInput if there are none, or they have another shape
     */
    Examples examples(Path path, DataSummary form, Consumer<String> narrator) {
        return Datasets.at(path).source().asked(access(narrator), form);
    }

    /** How a source brings examples into the form of a run's data. */
    private interface Form<E> {
        E of(DatasetSource source, DataAccess access, DataSummary form);
    }

    private <E> E put(RunFolder run, Consumer<String> narrator, Form<E> asked, Function<Dataset, E> own) {
        if (data.isEmpty()) {
            return own.apply(ofRun(TrainedModel.recipe(run), run.manifest(), narrator));
        }
        DataSummary form = TrainedModel.summary(run);
        Datasets.Found found = DataArgument.of(data.get());
        narrator.accept("taking " + data.get() + " as " + found.kind());
        return asked.of(found.source(), access(narrator), form);
    }

    /** As the other one, with one listener for all. */
    Dataset ofRun(Recipe recipe, Manifest manifest, Consumer<String> narrator) {
        return runData(recipe, manifest, narrator, narrator).inTheirSplits();
    }

    /**
     * The data that a run was trained on, or those that the user names.
     *
     * @param warning told where they differ
     */
    RunData runData(Recipe recipe, Manifest manifest, Consumer<String> narrator, Consumer<String> warning) {
        return new RunData(
                recipe,
                manifest,
                data.map(argument -> DataArgument.of(argument).source()),
                access(narrator),
                loaded -> told(loaded, narrator),
                warning);
    }
}
