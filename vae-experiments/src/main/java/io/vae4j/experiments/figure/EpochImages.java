package io.vae4j.experiments.figure;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.ImageTiles;
import io.vae4j.experiments.drawing.Panel;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a model came to reconstruct and to generate: some test images beside their reconstructions, and samples from one
 * fixed Z, after the epochs whose pictures training kept in the run's folder.
 */
final class EpochImages implements RunFigure {

    private static final int COLUMNS = 12;
    private static final int MOST_EPOCHS = 8;
    private static final int LATEST = 9999;
    private static final String ORIGINALS = "originals";

    @Override
    public String name() {
        return "epochs";
    }

    @Override
    public String summary() {
        return "Reconstructions, and samples from one fixed Z, epoch by epoch";
    }

    /** Reports show these pictures already, larger. */
    @Override
    public Effort effort() {
        return Effort.LONG;
    }

    @Override
    public Optional<String> incompatibility(Subject run) {
        return RunRequirements.images(run)
                .or(() -> epochs(run).isEmpty()
                        ? Optional.of("there are no pictures of an epoch in its folder images; train it with"
                                + " --set train.figureEpochs=[1,5,10]")
                        : Optional.empty());
    }

    @Override
    public Part part(Subject run, FigureOptions options) {
        List<Integer> epochs = thinned(epochs(run));
        ImageRows reconstructions = new ImageRows(event(run));
        picture(run, ORIGINALS).ifPresent(tiles -> reconstructions.add("test images", shown(tiles, 1)));
        ImageRows samples = new ImageRows(event(run));
        for (int epoch : epochs) {
            picture(run, named("reconstructions", epoch))
                    .ifPresent(tiles -> reconstructions.add("epoch " + epoch, shown(tiles, 1)));
            // of a conditional model, a row of the picture is a class
            picture(run, named("samples", epoch))
                    .ifPresent(tiles ->
                            samples.add("epoch " + epoch, shown(tiles, isConditional(run) ? tiles.columns() : 1)));
        }
        List<Panel> panels = List.of(
                reconstructions.panel(run.name() + ": reconstructions", "after " + written(epochs), List.of()),
                samples.panel(run.name() + ": samples from one fixed Z", "after " + written(epochs), List.of()));
        return new Part(panels, "After " + written(epochs) + ", with the same Z each time.");
    }

    private static boolean isConditional(Subject run) {
        return run.view().conditionClasses().isPresent();
    }

    private static Shape event(Subject run) {
        return run.view().summary().event();
    }

    private static float[][] shown(ImageTiles tiles, int every) {
        return IntStream.range(0, COLUMNS)
                .map(i -> i * every)
                .filter(place -> place < tiles.count())
                .mapToObj(tiles::image)
                .toArray(float[][]::new);
    }

    private static String named(String kind, int epoch) {
        return String.format(Locale.ROOT, "%s-epoch-%04d", kind, epoch);
    }

    private static Optional<ImageTiles> picture(Subject run, String name) {
        return ImageTiles.read(run.folder().image(name), event(run));
    }

    /** Those of which both pictures are there and whole. */
    private static List<Integer> epochs(Subject run) {
        return IntStream.rangeClosed(1, LATEST)
                .filter(epoch -> Files.exists(run.folder().image(named("samples", epoch))))
                .filter(epoch -> picture(run, named("samples", epoch)).isPresent())
                .filter(epoch -> picture(run, named("reconstructions", epoch)).isPresent())
                .boxed()
                .toList();
    }

    /** The first and the last, and of those between as many as there is room for. */
    private static String written(List<Integer> epochs) {
        return epochs.stream().map(String::valueOf).collect(Collectors.joining(", ", "epoch ", ""));
    }

    private static List<Integer> thinned(List<Integer> epochs) {
        int last = epochs.size() - 1;
        int shown = Math.min(MOST_EPOCHS, epochs.size());
        return IntStream.range(0, shown)
                .mapToObj(i -> epochs.get(shown == 1 ? last : i * last / (shown - 1)))
                .toList();
    }
}
