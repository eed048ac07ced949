package io.vae4j.experiments.training;

import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.run.History;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What others have changed in the folder of a run that goes on: it is told, and written into the manifest. */
final class FolderChanges {

    private FolderChanges() {}

    /**
     * Where a checkpoint stands.
     *
     * @param step steps done
     * @param perEpoch the steps of an epoch, by the recipe and the data
     */
    record Position(long step, long perEpoch) {

        /** Whether it can be one after so many epochs, within the next one. */
        boolean isAfter(int epochs) {
            return step >= epochs * perEpoch && step <= (epochs + 1) * perEpoch;
        }
    }

    /**
     * In sentences.
     *
     * @param done epochs whose figures should be there
     * @param position of the checkpoint; empty where the run goes on with other workers, whose epochs have other steps
     * @param splits that are measured after each epoch
     * @param data where those come from with which the run goes on
     */
    static List<String> of(RunFolder folder, int done, Optional<Position> position, List<Split> splits, Provenance data)
            throws IOException {
        List<String> changes = new ArrayList<>();
        folder.manifest()
                .latestData()
                .filter(before -> before.differsFrom(data))
                .ifPresent(before -> changes.add("the data are not those that the run was trained on: SHA-256 of "
                        + before.sha256() + " before, and of " + data.sha256() + " now"));
        if (folder.isRecipeChanged()) {
            changes.add("recipe.yaml is not as the run wrote it");
        }
        List<Integer> missing = missing(folder, done, splits);
        if (!missing.isEmpty()) {
            changes.add("metrics.jsonl has no figures of epochs " + missing + ": they are lost");
        }
        position.filter(at -> !at.isAfter(done))
                .ifPresent(at -> changes.add("the run stands at step " + at.step() + " after " + done
                        + " epochs, and by the recipe and the data each has " + at.perEpoch()));
        return changes;
    }

    private static List<Integer> missing(RunFolder folder, int done, List<Split> splits) throws IOException {
        History history = MetricsFile.read(new RunFiles(folder.path())).history();
        List<Set<Integer>> there = splits.stream()
                .map(split -> history.measurements(split).stream()
                        .map(Measurement::epoch)
                        .collect(Collectors.toSet()))
                .toList();
        return IntStream.rangeClosed(1, done)
                .filter(epoch -> !there.stream().allMatch(epochs -> epochs.contains(epoch)))
                .boxed()
                .toList();
    }
}
