package io.vae4j.experiments.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.experiments.Bytes;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceMemory;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.output.Contents;
import io.vae4j.experiments.output.OutputFile;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Examples drawn from a model. */
public final class Samples {

    private static final int PORTION = 200;
    private static final int SHOWN = 1000;

    private final TrainedModel trained;
    private final long seed;
    private final Optional<Integer> condition;
    private final LatentSource latents;

    /** @param condition the class of all samples; empty for each class in turn, or for a model that has no condition */
    public Samples(TrainedModel trained, long seed, Optional<Integer> condition) {
        this(trained, seed, condition, LatentSource.PRIOR);
    }

    /** As the other one, with latents that come from elsewhere than the prior. */
    public Samples(TrainedModel trained, long seed, Optional<Integer> condition, LatentSource latents) {
        this.trained = trained;
        this.seed = seed;
        this.condition = condition;
        this.latents = latents;
    }

    /**
     * What was drawn.
     *
     * @param means of p(x|z), [N, ...X]
     * @param samples drawn from p(x|z), [N, ...X]
     * @param classes what they were asked to be, [N]; empty for a model without a condition
     */
    public record Drawn(NDArray means, NDArray samples, Optional<NDArray> classes) {}

    /**
     * Draws in portions, so that only what is returned needs memory for all of them.
     *
     * @param owner of what is returned
     * @throws InvalidInput if there is not so much
     */
    public Drawn draw(NDManager owner, int count) {
        requireMemory(count, owner.getDevice());
        NDList means = new NDList();
        NDList samples = new NDList();
        NDList classes = new NDList();
        each(owner, count, portion -> {
            means.add(kept(portion.means(), owner));
            samples.add(kept(portion.samples(), owner));
            portion.classes().ifPresent(labels -> classes.add(kept(labels, owner)));
        });
        return new Drawn(
                NDArrays.concat(means),
                NDArrays.concat(samples),
                classes.isEmpty() ? Optional.empty() : Optional.of(NDArrays.concat(classes)));
    }

    /** Means and samples, each twice while their portions are joined. */
    private void requireMemory(int count, Device device) {
        double bytes = 4.0 * count * (double) trained.view().event().size() * Float.BYTES;
        double room = (double) DeviceMemory.available(device).orElse(Long.MAX_VALUE);
        if (bytes > room) {
            throw new InvalidInput(
                    count + " samples take " + Bytes.readable(bytes) + " of memory, and " + Bytes.readable(room)
                            + " are free",
                    "--count",
                    "give a smaller one");
        }
    }

    /** Who takes some of what is drawn, [n, ...X], and is done with it when it returns. */
    private interface Taker<X extends Exception> {

        void take(Drawn portion) throws X;
    }

    private <X extends Exception> void each(NDManager owner, int count, Taker<X> taker) throws X {
        int classes = condition.isPresent() ? 1 : classes().orElse(1);
        Shape drawn = new Shape(classes).addAll(trained.view().event());
        int portion = Math.toIntExact(SamplePortion.of(trained.model(), drawn, Math.max(1, PORTION / classes)));
        for (long done = 0; done * classes < count; done += portion) {
            try (NDManager batch = owner.newSubManager()) {
                Given given = given(batch);
                Pass pass = trained.sampling(batch, seed, done);
                List<NDArray> fromTop = latents.fromTop(batch, portion, Noise.key(seed, done, 0));
                Distribution likelihood = trained.model().generate(pass, fromTop, portion, given.condition());
                String wanted = ":" + Math.min((long) portion * classes, count - done * classes);
                taker.take(new Drawn(
                        flat(likelihood.mean()).get(wanted),
                        flat(likelihood.sample(pass.noise(), 1)).get(wanted),
                        given.labels().map(labels -> labels.tile(portion).get(wanted))));
            }
        }
    }

    /**
     * Writes samples.safetensors and, where examples are images, samples.png with the first thousand means. Memory does
     * not depend on how many they are.
     *
     * @param progress told how many are drawn; what it throws ends the work, and nothing is written
     * @return the picture's path, or that of the other file where there is none
     */
    public Path write(int count, Path folder, DoubleConsumer progress) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("samples.safetensors");
        try (NDManager owner = trained.newManager();
                OutputFile tensors = OutputTarget.at(file).open(new Contents(columns(), count, 1))) {
            NDList shown = new NDList();
            each(owner, count, portion -> {
                tensors.write(rows(portion));
                long missing = Math.min(count, SHOWN)
                        - shown.stream()
                                .mapToLong(means -> means.getShape().get(0))
                                .sum();
                if (missing > 0) {
                    long there = portion.means().getShape().get(0);
                    shown.add(kept(portion.means().get(":" + Math.min(missing, there)), owner));
                }
                progress.accept((double) tensors.written());
            });
            tensors.commit();
            if (!trained.view().summary().isImage()) {
                return file;
            }
            Path picture = folder.resolve("samples.png");
            grid(NDArrays.concat(shown)).write(picture);
            return picture;
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (classes().isPresent()) {
            columns.add(Column.numbers("classes", DataType.INT64, new Shape()));
        }
        columns.add(Column.numbers("means", DataType.FLOAT32, trained.view().event()));
        columns.add(Column.numbers("pixels", DataType.FLOAT32, trained.view().event()));
        return columns;
    }

    private static Map<String, NDArray> rows(Drawn portion) {
        Map<String, NDArray> rows = new TreeMap<>(Map.of(
                "means", portion.means().toType(DataType.FLOAT32, false),
                "pixels", portion.samples().toType(DataType.FLOAT32, false)));
        portion.classes().ifPresent(classes -> rows.put("classes", classes));
        return rows;
    }

    private ImageGrid grid(NDArray means) {
        int count = Math.toIntExact(means.getShape().get(0));
        int columns =
                condition.isEmpty() && classes().isPresent() ? classes().getAsInt() : (int) Math.ceil(Math.sqrt(count));
        return ImageGrid.of(means.toFloatArray(), trained.view().summary().event(), columns);
    }

    /** What each sample is made for: nothing, one class, or every class once. */
    private record Given(Condition condition, Optional<NDArray> labels) {}

    private Given given(NDManager owner) {
        if (classes().isEmpty()) {
            return new Given(Condition.none(), Optional.empty());
        }
        long[] classes = condition
                .map(c -> new long[] {c})
                .orElseGet(() ->
                        IntStream.range(0, classes().getAsInt()).asLongStream().toArray());
        NDArray labels = owner.create(classes);
        Condition oneHot = Condition.given(labels.oneHot(classes().getAsInt(), DataType.FLOAT32));
        return new Given(oneHot, Optional.of(labels));
    }

    private OptionalInt classes() {
        return trained.view().conditionClasses();
    }

    /** [n, B, ...X] as [n * B, ...X]. */
    private static NDArray flat(NDArray samples) {
        return samples.reshape(new Shape(-1).addAll(samples.getShape().slice(2)));
    }

    /** A copy that outlives its portion. */
    private static NDArray kept(NDArray values, NDManager owner) {
        NDArray copy = values.duplicate();
        copy.attach(owner);
        return copy;
    }
}
