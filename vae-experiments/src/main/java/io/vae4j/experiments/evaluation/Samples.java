package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.ConditionName;
import io.vae4j.experiments.report.ImageGrid;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Images drawn from a model. */
public final class Samples {

    private static final int PORTION = 200;
    private static final int SHOWN = 1000;

    private final Experiment experiment;
    private final long seed;
    private final Optional<Integer> condition;

    /** @param condition the class of all images; empty for each class in turn, or for a model that has no condition */
    public Samples(Experiment experiment, long seed, Optional<Integer> condition) {
        this.experiment = experiment;
        this.seed = seed;
        this.condition = condition;
    }

    /**
     * Images.
     *
     * @param means of p(x|z), [N, ...X]
     * @param pixels drawn from p(x|z), [N, ...X]
     * @param classes what they were asked to be, [N]; empty for a model without a condition
     */
    public record Drawn(NDArray means, NDArray pixels, Optional<NDArray> classes) {}

    /**
     * Samples images, in portions, so that only what is returned needs memory for all of them.
     *
     * @param owner of what is returned
     */
    public Drawn draw(NDManager owner, int count) {
        NDList means = new NDList();
        NDList pixels = new NDList();
        Given given = given(owner);
        int portion = Math.max(1, PORTION / given.classes());
        for (int done = 0; done * given.classes() < count; done += portion) {
            try (NDManager batch = owner.newSubManager()) {
                Pass pass = experiment.sampling(batch, seed, done);
                Distribution images = experiment.model().generate(pass, List.of(), portion, given.condition());
                means.add(kept(images.mean(), owner));
                pixels.add(kept(images.sample(pass.noise(), 1), owner));
            }
        }
        Optional<NDArray> classes = given.labels()
                .map(labels -> labels.tile((count + given.classes() - 1) / given.classes())
                        .get(":" + count));
        return new Drawn(first(means, count), first(pixels, count), classes);
    }

    /**
     * Writes samples.png, the first thousand means, and samples.safetensors.
     *
     * @return the picture's path
     */
    public Path write(int count, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path picture = folder.resolve("samples.png");
        try (NDManager owner = experiment.manager().newSubManager()) {
            Drawn drawn = draw(owner, count);
            Map<String, NDArray> tensors = new TreeMap<>(Map.of("means", drawn.means(), "pixels", drawn.pixels()));
            drawn.classes().ifPresent(classes -> tensors.put("classes", classes));
            AtomicFiles.replace(folder.resolve("samples.safetensors"), TensorFile.encode(tensors));
            grid(drawn.means().get(":" + Math.min(count, SHOWN))).write(picture);
        }
        return picture;
    }

    private ImageGrid grid(NDArray means) {
        int images = Math.toIntExact(means.getShape().get(0));
        int columns = condition.isEmpty() && isConditional() ? ImageSet.CLASSES : (int) Math.ceil(Math.sqrt(images));
        return ImageGrid.of(means.toFloatArray(), experiment.height(), experiment.width(), columns);
    }

    /** What each sample is made for: nothing, one class, or every class once. */
    private record Given(Condition condition, Optional<NDArray> labels, int classes) {}

    private Given given(NDManager owner) {
        if (!isConditional()) {
            return new Given(Condition.none(), Optional.empty(), 1);
        }
        long[] classes = condition
                .map(c -> new long[] {c})
                .orElseGet(() ->
                        IntStream.range(0, ImageSet.CLASSES).asLongStream().toArray());
        NDArray labels = owner.create(classes);
        Condition oneHot = Condition.given(labels.oneHot(ImageSet.CLASSES, DataType.FLOAT32));
        return new Given(oneHot, Optional.of(labels), classes.length);
    }

    private boolean isConditional() {
        return experiment.recipe().data().condition() != ConditionName.NONE;
    }

    /** [n, B, ...X] as [n * B, ...X], owned by {@code owner}. */
    private static NDArray kept(NDArray images, NDManager owner) {
        Shape event = images.getShape().slice(2);
        NDArray flat = images.reshape(new Shape(-1).addAll(event)).duplicate();
        flat.attach(owner);
        return flat;
    }

    private static NDArray first(NDList portions, int count) {
        return NDArrays.concat(portions).get(":" + count);
    }
}
