package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.OnePieceDataset;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The data that a run was trained on, wherever they lie now, or others that the user names.
 *
 * @param named by the user
 * @param told of what was read, in its splits
 * @param warning told where the data are others than the run's
 */
record RunData(
        Recipe recipe,
        Manifest manifest,
        Optional<DatasetSource> named,
        DataAccess access,
        Consumer<Dataset> told,
        Consumer<String> warning) {

    /**
     * What a run is evaluated on.
     *
     * @param data whose test examples are measured; what learns from examples learns from those to train on
     * @param examined where the test examples came from
     */
    record Evaluated(Dataset data, Provenance examined) {}

    /**
     * The run's data in its splits; others in splits of their own, since what the run left out or set aside says
     * nothing of them.
     *
     * @throws InvalidInput if the run's model is not for such data
     */
    Dataset inTheirSplits() {
        Dataset read = read();
        return checked(areOthers(read) ? read : recipe.data().split(read));
    }

    /**
     * To train on: in the splits that the recipe says, whatever the data are.
     *
     * @param others whether they may be others than the run's although nobody named them
     * @throws InvalidInput if they are and may not, or the run's model is not for such data
     */
    Dataset toResume(Others others) {
        Dataset read = read();
        if (others == Others.REFUSED && named.isEmpty() && differ(read)) {
            throw new InvalidInput(
                    "the data are not those that the run was trained on: they have another SHA-256 than manifest.json says",
                    read.name(),
                    "restore them, or say --changed-data to go on with them as they are");
        }
        return checked(recipe.data().split(read));
    }

    /** What becomes of data that have changed where they lie. */
    enum Others {
        REFUSED,
        TAKEN
    }

    /**
     * As {@link #inTheirSplits}, but where others come in one piece all of them are for the test.
     *
     * @throws InvalidInput as there
     */
    Evaluated evaluated() {
        Dataset loaded = inTheirSplits();
        Optional<DataSummary> form = form();
        boolean inOnePiece = loaded.origins().containsKey("test");
        return areOthers(loaded) && inOnePiece && form.isPresent()
                ? new Evaluated(whole(loaded, form.get()), loaded.provenance())
                : new Evaluated(loaded, loaded.provenance());
    }

    private Dataset whole(Dataset others, DataSummary form) {
        DataAccess silent = new DataAccess(access.cache(), access.folder(), line -> {});
        Examples all = named.orElseThrow().asked(silent, form);
        access.progress()
                .accept(others.name() + " has no test split of its own: its " + all.count()
                        + " examples are the test split, and what learns from examples learns from those of the run");
        Map<String, String> sums = new LinkedHashMap<>(others.provenance().sha256());
        manifest.latestData().ifPresent(own -> own.sha256().forEach((name, sum) -> sums.put("run/" + name, sum)));
        return new OnePieceDataset(
                others.name(),
                all,
                new Provenance(others.provenance().source(), sums),
                () -> recipe.data().load(access, form));
    }

    private Dataset read() {
        DatasetSource source = named.orElse(recipe.data().set());
        return form().map(form -> source.load(access, form)).orElseGet(() -> source.load(access));
    }

    private Optional<DataSummary> form() {
        return manifest.data().flatMap(DataRecord::summary);
    }

    private boolean areOthers(Dataset loaded) {
        return named.isPresent() && differ(loaded);
    }

    private boolean differ(Dataset loaded) {
        return manifest.latestData()
                .filter(before -> before.differsFrom(loaded.provenance()))
                .isPresent();
    }

    private Dataset checked(Dataset loaded) {
        told.accept(loaded);
        form().ifPresent(trained -> requireAlike(trained, loaded));
        recipe.incompatibility(loaded.summary()).ifPresent(reason -> {
            throw new InvalidInput("the run's model is not for these data", loaded.name(), reason);
        });
        if (differ(loaded)) {
            warning.accept(
                    "these are other data than those that the run was trained on, by the SHA-256 in manifest.json");
        } else {
            tellOfOtherSplits(loaded);
        }
        return loaded;
    }

    /** What {@code --data} takes in one piece it splits by the standard share, whatever the run's was. */
    private void tellOfOtherSplits(Dataset loaded) {
        Map<String, Integer> now = DataRecord.of(loaded).examples();
        manifest.latestData()
                .map(DataRecord::examples)
                .filter(then -> !then.isEmpty() && !then.equals(now))
                .ifPresent(then -> warning.accept("these are the run's data in other splits: examples were " + then
                        + " and are " + now + "; put them where the run's recipe says for the same ones"));
    }

    private void requireAlike(DataSummary trained, Dataset loaded) {
        DataSummary given = loaded.summary();
        if (!given.event().equals(trained.event())) {
            throw new InvalidInput(
                    "examples have shape " + given.event() + " and the run was trained on " + trained.event(),
                    loaded.name(),
                    "give data of the run's shape");
        }
        boolean conditional = recipe.data().condition() != ConditionName.NONE;
        if (conditional && !given.classes().equals(trained.classes())) {
            throw new InvalidInput(
                    "the classes are " + given.classes() + " and those of the run " + trained.classes(),
                    loaded.name(),
                    "give data with the run's classes");
        }
    }
}
