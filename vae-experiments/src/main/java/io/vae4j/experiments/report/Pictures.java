package io.vae4j.experiments.report;

import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.RunFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pictures of a run.
 *
 * @param originals the images that the reconstructions reconstruct
 * @param notes sentences about pictures that could not be shown
 */
record Pictures(Optional<Picture> originals, List<Epoch> reconstructions, List<Epoch> samples, List<String> notes) {

    /** A page of hundreds of grids helps nobody; the files stay in the run folder. */
    private static final int MOST_SHOWN = 24;

    private static final long MOST_BYTES = 16L << 20;
    private static final String FOLDER = "images";

    /** A picture that shows the state after an epoch. */
    record Epoch(int epoch, Picture picture) {}

    /** A picture under its caption, with what it shows for those who cannot see it. */
    record Figure(String caption, Picture picture, String shown) {}

    /** The originals, and beside them their reconstructions as training went on. */
    List<Figure> reconstructionFigures() {
        List<Figure> figures = new ArrayList<>();
        originals.ifPresent(picture -> figures.add(new Figure("Originals", picture, "The original images")));
        figures.addAll(figures(reconstructions, "Reconstructions of the same images"));
        return figures;
    }

    /** Samples from the prior as training went on. */
    List<Figure> sampleFigures() {
        return figures(samples, "Samples from the prior");
    }

    private static List<Figure> figures(List<Epoch> epochs, String shown) {
        return epochs.stream()
                .map(e -> new Figure("Epoch " + e.epoch(), e.picture(), shown + " after epoch " + e.epoch()))
                .toList();
    }

    static Pictures of(RunContents run) throws IOException {
        RunFiles files = run.files();
        List<String> notes = new ArrayList<>();
        if (!isImage(run)) {
            notes.add("There are no grids of images: an example has shape " + event(run)
                    + ", and pictures are made of images of" + " one or three channels.");
        }
        return new Pictures(
                picture(files, "originals.png", notes),
                series(files, "reconstructions", notes),
                series(files, "samples", notes),
                notes);
    }

    private static boolean isImage(RunContents run) {
        return run.manifest()
                .data()
                .flatMap(DataRecord::summary)
                .map(DataSummary::isImage)
                .orElse(true);
    }

    private static String event(RunContents run) {
        return run.manifest().data().map(data -> data.event().toString()).orElse("");
    }

    private static List<Epoch> series(RunFiles files, String kind, List<String> notes) throws IOException {
        Pattern pattern = Pattern.compile(kind + "-epoch-(\\d{1,9})\\.png");
        SortedMap<Integer, String> byEpoch = new TreeMap<>();
        for (String name : files.names(FOLDER)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                byEpoch.put(Integer.parseInt(matcher.group(1)), name);
            }
        }
        List<Epoch> epochs = new ArrayList<>();
        for (int epoch : spread(List.copyOf(byEpoch.keySet()), kind, notes)) {
            picture(files, byEpoch.getOrDefault(epoch, ""), notes).ifPresent(p -> epochs.add(new Epoch(epoch, p)));
        }
        return epochs;
    }

    // Evenly over the run, with the first and the last.
    private static List<Integer> spread(List<Integer> epochs, String kind, List<String> notes) {
        if (epochs.size() <= MOST_SHOWN) {
            return epochs;
        }
        notes.add("Of " + epochs.size() + " pictures of " + kind + ", " + MOST_SHOWN
                + " are shown; all are in the run's " + FOLDER + " folder.");
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < MOST_SHOWN; i++) {
            shown.add(epochs.get(Math.round((float) i * (epochs.size() - 1) / (MOST_SHOWN - 1))));
        }
        return shown;
    }

    private static Optional<Picture> picture(RunFiles files, String name, List<String> notes) throws IOException {
        String path = FOLDER + "/" + name;
        if (files.isLarger(path, MOST_BYTES)) {
            notes.add("The file " + path + " has more than 16 MiB and is not shown.");
            return Optional.empty();
        }
        Optional<byte[]> content = files.bytes(path, MOST_BYTES);
        Optional<Picture> picture = content.flatMap(Picture::of);
        if (content.isPresent() && picture.isEmpty()) {
            notes.add("The file " + path + " is not a PNG and is not shown.");
        }
        return picture;
    }
}
