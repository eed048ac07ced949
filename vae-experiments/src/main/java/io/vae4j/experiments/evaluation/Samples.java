package io.vae4j.experiments.evaluation;

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
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.drawing.ImageGrid;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.run.TensorFile;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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
     */
    public Drawn draw(NDManager owner, int count) {
        NDList means = new NDList();
        NDList samples = new NDList();
        Given given = given(owner);
        Shape drawn = new Shape(given.classes()).addAll(trained.view().event());
        int portion = Math.toIntExact(SamplePortion.of(trained.model(), drawn, Math.max(1, PORTION / given.classes())));
        for (int done = 0; done * given.classes() < count; done += portion) {
            try (NDManager batch = owner.newSubManager()) {
                Pass pass = trained.sampling(batch, seed, done);
                List<NDArray> fromTop = latents.fromTop(batch, portion, Noise.key(seed, done, 0));
                Distribution likelihood = trained.model().generate(pass, fromTop, portion, given.condition());
                means.add(kept(likelihood.mean(), owner));
                samples.add(kept(likelihood.sample(pass.noise(), 1), owner));
            }
        }
        Optional<NDArray> classes = given.labels()
                .map(labels -> labels.tile((count + given.classes() - 1) / given.classes())
                        .get(":" + count));
        return new Drawn(first(means, count), first(samples, count), classes);
    }

    /**
     * Writes samples.safetensors and, where examples are images, samples.png with the first thousand means.
     *
     * @return the picture's path, or that of the other file where there is none
     */
    public Path write(int count, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("samples.safetensors");
        try (NDManager owner = trained.newManager()) {
            Drawn drawn = draw(owner, count);
            Map<String, NDArray> tensors = new TreeMap<>(Map.of("means", drawn.means(), "pixels", drawn.samples()));
            drawn.classes().ifPresent(classes -> tensors.put("classes", classes));
            AtomicFiles.replace(file, TensorFile.encode(tensors));
            if (!trained.view().summary().isImage()) {
                return file;
            }
            Path picture = folder.resolve("samples.png");
            grid(drawn.means().get(":" + Math.min(count, SHOWN))).write(picture);
            return picture;
        }
    }

    private ImageGrid grid(NDArray means) {
        int count = Math.toIntExact(means.getShape().get(0));
        int columns =
                condition.isEmpty() && classes().isPresent() ? classes().getAsInt() : (int) Math.ceil(Math.sqrt(count));
        return ImageGrid.of(means.toFloatArray(), trained.view().summary().event(), columns);
    }

    /** What each sample is made for: nothing, one class, or every class once. */
    private record Given(Condition condition, Optional<NDArray> labels, int classes) {}

    private Given given(NDManager owner) {
        if (classes().isEmpty()) {
            return new Given(Condition.none(), Optional.empty(), 1);
        }
        long[] classes = condition
                .map(c -> new long[] {c})
                .orElseGet(() ->
                        IntStream.range(0, classes().getAsInt()).asLongStream().toArray());
        NDArray labels = owner.create(classes);
        Condition oneHot = Condition.given(labels.oneHot(classes().getAsInt(), DataType.FLOAT32));
        return new Given(oneHot, Optional.of(labels), classes.length);
    }

    private OptionalInt classes() {
        return trained.view().conditionClasses();
    }

    /** [n, B, ...X] as [n * B, ...X], owned by {@code owner}. */
    private static NDArray kept(NDArray samples, NDManager owner) {
        Shape event = samples.getShape().slice(2);
        NDArray flat = samples.reshape(new Shape(-1).addAll(event)).duplicate();
        flat.attach(owner);
        return flat;
    }

    private static NDArray first(NDList portions, int count) {
        return NDArrays.concat(portions).get(":" + count);
    }
}
