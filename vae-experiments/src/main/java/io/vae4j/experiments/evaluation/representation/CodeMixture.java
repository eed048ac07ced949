package io.vae4j.experiments.evaluation.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.evaluation.LatentSource;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.ComposedModel;
import io.vae4j.models.vq.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A mixture of Gaussians that is fitted to the codes of training examples after training, to draw from in place of the
 * prior. Ghosh et al. 2020, section 4, https://arxiv.org/abs/1903.12436
 *
 * @param mixture over codes as vectors, [D]
 * @param event the shape of a code
 * @param examples how many the mixture was fitted to
 */
public record CodeMixture(GaussianMixture mixture, Shape event, int examples) implements LatentSource {

    /** Examples that it is fitted to, where there are so many. */
    public static final int EXAMPLES = 10_000;

    /** How many components, unless somebody says otherwise. Ghosh et al. 2020, section 5 */
    public static final int COMPONENTS = 10;

    /** Full covariances of more are more numbers than the examples tell. */
    private static final long MOST_DIMENSIONS = 200;

    /** Why there is none for a model; empty where there is one. */
    public static Optional<String> incompatibility(TrainedModel trained) {
        if (!(trained.model() instanceof ComposedModel model) || model.prior().layers() != 1) {
            return Optional.of("the model has more than one layer of latents");
        }
        if (!Codes.in(trained.model()).isEmpty()) {
            return Optional.of("the model's codes are numbers of a codebook, which have no density");
        }
        if (trained.view().conditionClasses().isPresent()) {
            return Optional.of("the model is given the class, and one mixture would be of all classes");
        }
        long dimensions = event(trained).size();
        return dimensions > MOST_DIMENSIONS
                ? Optional.of("it has full covariances over at most " + MOST_DIMENSIONS
                        + " latent dimensions, and the model has " + dimensions)
                : Optional.empty();
    }

    /**
     * Fits.
     *
     * @param training of which at most {@link #EXAMPLES} are taken
     * @param seed of those that are taken, of their binarization where there is one, and of the fit
     * @throws InvalidInput if the codes are not finite, or their scales too different
     */
    public static CodeMixture fit(TrainedModel trained, Examples training, int components, long seed) {
        double[][] codes = SplitFeatures.of(trained, SplitFeatures.CODES, training, EXAMPLES, seed)
                .vectors();
        try {
            GaussianMixture mixture = GaussianMixture.fit(codes, Math.min(components, codes.length), seed);
            return new CodeMixture(mixture, event(trained), codes.length);
        } catch (ArithmeticException e) {
            throw new InvalidInput(
                    "no mixture can be fitted to the codes: " + e.getMessage(),
                    trained.card().title(),
                    "draw from the prior, or take a checkpoint before training diverged");
        }
    }

    private static Shape event(TrainedModel trained) {
        try (NDManager scratch = trained.newManager()) {
            var zeros = trained.view().zeros(scratch);
            return trained.encode(zeros.x(), zeros.condition()).getShape().slice(1);
        }
    }

    @Override
    public List<NDArray> fromTop(NDManager owner, int count, long seed) {
        double[][] points = mixture.sample(count, new SplittableRandom(seed));
        double[] flat = Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray();
        try (NDArray java = owner.create(flat, new Shape(count, 1).addAll(event))) {
            return List.of(java.toType(DataType.FLOAT32, true));
        }
    }
}
