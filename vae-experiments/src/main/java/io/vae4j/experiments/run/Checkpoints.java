package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
     * A checkpoint that was found.
     *
     * @param damaged what is wrong with later ones, which are passed over for it
     */
    public record Found(Checkpoint checkpoint, List<String> damaged) {}

    /** The checkpoint of an epoch that is not over, be it there or not. */
    public Checkpoint of(int epochs, long step) {
        return new Checkpoint(run.resolve(FOLDER).resolve(name(epochs, step)));
    }

    /**
     * The latest checkpoint whose files are as they were written; empty if there is none at all. To look at, one at the
     * end of an epoch; to go on from, also one within.
     *
     * @throws InvalidInput if all are damaged
     */
    public Optional<Found> latest(Checkpoint.Use use) throws IOException {
        return latest(use, state -> Optional.empty());
    }

    /**
     * As the other one, among those from which a run can go on.
     *
     * @param misfit why it cannot go on from such a state, if it cannot
     */
    public Optional<Found> latest(Checkpoint.Use use, Function<Checkpoint.State, Optional<String>> misfit)
            throws IOException {
        List<String> damaged = new ArrayList<>();
        List<Place> rising = places(use == Checkpoint.Use.RESUME);
        for (int i = rising.size() - 1; i >= 0; i--) {
            Checkpoint candidate = new Checkpoint(rising.get(i).folder());
            Optional<String> damage = candidate.damage(use, misfit);
            if (damage.isEmpty()) {
                return Optional.of(new Found(candidate, damaged));
            }
            damaged.add(damage.get());
        }
        if (!damaged.isEmpty()) {
            throw new InvalidInput(
                    "no checkpoint of the run is whole: " + String.join("; ", damaged),
                    run.toString(),
                    "restore one from a copy, or train into a new folder");
        }
        return Optional.empty();
    }

    /** A folder by its name: so many epochs are done, and so many steps, where the next epoch has begun. */
    private record Place(Path folder, int epoch, long step) {

        private static final Pattern NAME = Pattern.compile("epoch-(\\d{4,9})(?:-step-(\\d{9,18}))?");

        static Stream<Place> of(Path folder) {
            Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
            return name.matches()
                    ? Stream.of(new Place(
                            folder,
                            Integer.parseInt(name.group(1)),
                            name.group(2) == null ? 0 : Long.parseLong(name.group(2))))
                    : Stream.empty();
        }

        boolean isWithin() {
            return step > 0;
        }

        /** Not the folder of one whose deletion a kill cut short, when its files were gone. */
        boolean holdsAny() {
            try (Stream<Path> files = Files.list(folder)) {
                return files.findAny().isPresent();
            } catch (NotDirectoryException | NoSuchFileException e) {
                return false;
            } catch (IOException e) {
                return true; // whoever reads it will be told why nobody can
            }
        }
    }

    private List<Place> places(boolean within) throws IOException {
        return allPlaces().stream()
                .filter(place -> within || !place.isWithin())
                .filter(Place::holdsAny)
                .toList();
    }

    /** Empty ones, too; rising. */
    private List<Place> allPlaces() throws IOException {
        if (!Files.isDirectory(run.resolve(FOLDER))) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(run.resolve(FOLDER))) {
            return folders.flatMap(Place::of)
                    .sorted(Comparator.comparingInt(Place::epoch).thenComparingLong(Place::step))
                    .toList();
        }
    }

    /**
     * The checkpoint that is asked for, to look at its model; for the last one an earlier one where it is damaged.
     *
     * @throws InvalidInput if it is not there; the line names those that are
     */
    public Found of(CheckpointChoice choice) throws IOException {
        OptionalInt epoch = require(choice);
        return epoch.isPresent()
                ? new Found(of(epoch.getAsInt()), List.of())
                : latest(Checkpoint.Use.EVALUATE).orElseThrow();
    }

    /**
     * Looks whether there is the checkpoint that is asked for, and does not read it.
     *
     * @return its epoch; empty for the last one, which is sought
     * @throws InvalidInput if it is not there; the line names those that are
     */
    public OptionalInt require(CheckpointChoice choice) throws IOException {
        List<Integer> there = epochs();
        if (there.isEmpty()) {
            throw new InvalidInput("the run has no checkpoint yet", run.toString(), "train at least one epoch");
        }
        if (choice instanceof CheckpointChoice.Last) {
            return OptionalInt.empty();
        }
        Optional<Integer> epoch = choice instanceof CheckpointChoice.Epoch certain
                ? Optional.of(certain.number())
                : best().map(Best::epoch);
        return OptionalInt.of(epoch.filter(there::contains).orElseThrow(() -> missing(choice, there)));
    }

    private InvalidInput missing(CheckpointChoice choice, List<Integer> there) {
        String why = choice instanceof CheckpointChoice.Best ? "; a run with train.earlyStopping keeps one" : "";
        return new InvalidInput(
                "the run has no checkpoint '" + choice + "'" + why,
                run.toString(),
                "give last or one of the epochs " + there + " to --checkpoint");
    }

    /** The epochs with a checkpoint at their end, whole or not, rising; an empty folder is none. */
    public List<Integer> epochs() throws IOException {
        return places(false).stream().map(Place::epoch).toList();
    }

    /** The best epoch; empty in a run that does not choose one. */
    public Optional<Best> best() throws IOException {
        return Files.isDirectory(run) ? RunJson.read(new RunFiles(run), BEST, Best.class) : Optional.empty();
    }

    /** Says which epoch did best; its checkpoint is kept from now on. */
    public void mark(Best best) throws IOException {
        AtomicFiles.replace(run.resolve(BEST), RunJson.write(best));
    }

    /** Deletes the checkpoints that were being written when their process was killed. */
    void deleteDrafts() throws IOException {
        if (!Files.isDirectory(run.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> folders = Files.list(run.resolve(FOLDER))) {
            for (Path draft : folders.filter(Checkpoints::isDraft).toList()) {
                AtomicFiles.delete(draft);
            }
        }
    }

    private static boolean isDraft(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.endsWith(Checkpoint.DRAFT)
                && Place.NAME
                        .matcher(name.substring(0, name.length() - Checkpoint.DRAFT.length()))
                        .matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Deletes all but the latest and the best, and those within epochs that are over.
     *
     * @param upTo the epoch that was kept last: what claims to be later is not counted, and left alone
     */
    public void prune(int keep, int upTo) throws IOException {
        List<Integer> epochs = epochs().stream().filter(epoch -> epoch <= upTo).toList();
        Optional<Integer> best = best().map(Best::epoch);
        for (int epoch : epochs.subList(0, Math.max(0, epochs.size() - keep))) {
            if (best.filter(kept -> kept == epoch).isEmpty()) {
                AtomicFiles.delete(folder(epoch));
            }
        }
        pruneWithin(upTo - 1, Long.MAX_VALUE);
        for (Place place : allPlaces()) {
            if (place.epoch() <= upTo && !place.holdsAny() && Files.isDirectory(place.folder())) {
                AtomicFiles.delete(place.folder());
            }
        }
    }

    /**
     * Deletes those within epochs that a later one replaces.
     *
     * @param epochs done
     * @param step of the one that stays
     */
    public void pruneWithin(int epochs, long step) throws IOException {
        for (Place place : allPlaces()) {
            if (place.isWithin() && place.epoch() <= epochs && place.step() < step) {
                AtomicFiles.delete(place.folder());
            }
        }
    }

    private Path folder(int epoch) {
        return run.resolve(FOLDER).resolve(name(epoch));
    }

    static String name(int epochs, long step) {
        return String.format(Locale.ROOT, "%s-step-%09d", name(epochs), step);
    }

    static String name(int epoch) {
        return String.format(Locale.ROOT, "epoch-%04d", epoch);
    }
}
