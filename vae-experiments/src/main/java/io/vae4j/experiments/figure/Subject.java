package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A run of which a figure is drawn: its trained model at once, its test examples when they are first asked for. */
public final class Subject implements AutoCloseable {

    private final RunFolder folder;
    private final TrainedModel trained;
    private final Supplier<Dataset> data;
    private Optional<Dataset> loaded = Optional.empty();
    private Optional<Evaluator> evaluator = Optional.empty();

    /**
     * @param trained stays the caller's
     * @param data loads the data when a figure needs them
     */
    public Subject(RunFolder folder, TrainedModel trained, Supplier<Dataset> data) {
        this.folder = folder;
        this.trained = trained;
        this.data = data;
    }

    /** The name of the run's folder. */
    public String name() {
        Path last = folder.path().toAbsolutePath().normalize().getFileName();
        return last == null ? folder.path().toString() : last.toString();
    }

    /** The run folder. */
    public RunFolder folder() {
        return folder;
    }

    /** The model with its weights. */
    public TrainedModel trained() {
        return trained;
    }

    /** How data reach the model. */
    public DataView view() {
        return trained.view();
    }

    /** The recipe, for what the model does not tell; empty for a model that was made in Java. */
    public Optional<Recipe> recipe() {
        boolean isJava = folder.manifest().origin().orElse(Manifest.Origin.RECIPE) == Manifest.Origin.JAVA;
        return isJava ? Optional.empty() : Optional.of(TrainedModel.recipe(folder));
    }

    /** The data of the run, for figures that learn something else of them. */
    public Dataset data() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(data.get());
        }
        return loaded.orElseThrow();
    }

    /** Of which epoch the weights are, and of which data the examples, if of others than the run's. */
    public String note() {
        Optional<DataRecord> trainedOn = folder.manifest().latestData();
        return "After epoch " + trained.epoch()
                + loaded.filter(others -> trainedOn
                                .filter(own -> own.differsFrom(others.provenance()))
                                .isPresent())
                        .map(others -> ", on other data than the run's: " + others.name())
                        .orElse("")
                + ".";
    }

    /** The test examples as they are stored, with their labels. */
    public Examples test() {
        return data().test();
    }

    /** How many test examples there are. */
    public int count() {
        return test().count();
    }

    /**
     * Test examples as the model sees them.
     *
     * @param owner of the arrays
     * @param seed of the binarization, where there is one: the same as that of an evaluation
     */
    public Minibatch examples(NDManager owner, int from, int to, long seed) {
        return evaluator().examples(owner, from, to, seed);
    }

    /** The model with the test examples. */
    public Evaluator evaluator() {
        if (evaluator.isEmpty()) {
            evaluator = Optional.of(new Evaluator(trained, test()));
        }
        return evaluator.orElseThrow();
    }

    @Override
    public void close() {
        evaluator.ifPresent(Evaluator::close);
    }
}
