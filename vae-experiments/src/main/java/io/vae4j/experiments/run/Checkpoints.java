package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints of a run: those of its latest epochs and, in a run that chooses one, that of its best. */
public final class Checkpoints {

    private static final String FOLDER = "checkpoints";
    private static final String BEST = FOLDER + "/best.json";

    private final Path run;

    Checkpoints(Path run) {
        this.run = run;
    }

    /**
     * The epoch that did best so far.
     *
     * @param epoch from 1
     * @param metric by which it did, on the validation split
     * @param value of the metric
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Best(int epoch, String metric, double value) {}

    /** The checkpoint of an epoch, be it there or not. */
    public Checkpoint of(int epoch) {
        return new Checkpoint(folder(epoch));
    }

    /**
     * The checkpoint that is asked for.
     *
     * @throws InvalidInput if it is not there; the line names those that are
     */
    public Checkpoint of(CheckpointChoice choice) throws IOException {
        List<Integer> there = epochs();
        if (there.isEmpty()) {
            throw new InvalidInput("the run has no checkpoint yet", run.toString(), "train at least one epoch");
        }
        Optional<Integer> chosen = epoch(choice).filter(there::contains);
        return of(chosen.orElseThrow(() -> missing(choice, there)));
    }

    private Optional<Integer> epoch(CheckpointChoice choice) throws IOException {
        if (choice instanceof CheckpointChoice.Epoch certain) {
            return Optional.of(certain.number());
        }
        return choice instanceof CheckpointChoice.Best ? best().map(Best::epoch) : latest();
    }

    private InvalidInput missing(CheckpointChoice choice, List<Integer> there) {
        String why = choice instanceof CheckpointChoice.Best ? "; a run with train.earlyStopping keeps one" : "";
        return new InvalidInput(
                "the run has no checkpoint '" + choice + "'" + why,
                run.toString(),
                "give last or one of the epochs " + there + " to --checkpoint");
    }

    /** The epochs with a checkpoint, rising. */
    public List<Integer> epochs() throws IOException {
        List<Integer> epochs = new ArrayList<>();
        if (Files.isDirectory(run.resolve(FOLDER))) {
            try (Stream<Path> folders = Files.list(run.resolve(FOLDER))) {
                folders.map(folder -> String.valueOf(folder.getFileName()))
                        .filter(name -> name.matches("epoch-\\d{4,9}"))
                        .map(name -> Integer.valueOf(name.substring(6)))
                        .sorted()
                        .forEach(epochs::add);
            }
        }
        return epochs;
    }

    /** The latest epoch with a checkpoint. */
    public Optional<Integer> latest() throws IOException {
        return epochs().stream().max(Comparator.naturalOrder());
    }

    /** The best epoch; empty in a run that does not choose one. */
    public Optional<Best> best() throws IOException {
        return Files.isDirectory(run) ? RunJson.read(new RunFiles(run), BEST, Best.class) : Optional.empty();
    }

    /** Says which epoch did best; its checkpoint is kept from now on. */
    public void mark(Best best) throws IOException {
        AtomicFiles.replace(run.resolve(BEST), RunJson.write(best));
    }

    /** Deletes all but the latest and the best. */
    public void prune(int keep) throws IOException {
        List<Integer> epochs = epochs();
        Optional<Integer> best = best().map(Best::epoch);
        for (int epoch : epochs.subList(0, Math.max(0, epochs.size() - keep))) {
            if (best.filter(kept -> kept == epoch).isEmpty()) {
                AtomicFiles.delete(folder(epoch));
            }
        }
    }

    private Path folder(int epoch) {
        return run.resolve(FOLDER).resolve(String.format(Locale.ROOT, "epoch-%04d", epoch));
    }
}
