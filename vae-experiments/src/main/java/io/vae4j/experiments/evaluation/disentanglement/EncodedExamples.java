package io.vae4j.experiments.evaluation.disentanglement;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.ExampleVectors;
import io.vae4j.experiments.evaluation.LatentCodec;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;

/** What a trained model makes of examples whose factors are known. */
public final class EncodedExamples {

    /** What disentanglement_lib trains and evaluates classifiers on, together; larger sets are drawn from. */
    private static final int MOST = 15_000;

    private EncodedExamples() {}

    /**
     * The representative latents of examples, those of the layer next to the data; of all, or of 15,000 drawn without
     * replacement where there are more.
     *
     * @param seed of the examples that are taken and of their binarization, where there is one
     * @throws InvalidInput if the factors are not known, or if nothing can be measured on them
     */
    public static Representation of(TrainedModel trained, Examples examples, long seed) {
        if (!(examples.labels() instanceof Labels.Factors known)) {
            throw new InvalidInput(
                    "of the examples no factors are known, by which disentanglement is measured",
                    "data",
                    "take data that were made from factors");
        }
        ExampleVectors codes = ExampleVectors.of(trained, EncodedExamples::representative, examples, MOST, seed);
        return Representation.of(codes.vectors(), (Labels.Factors) known.select(codes.places()));
    }

    /** How many latent dimensions the layer next to the data has. */
    public static long dimensions(TrainedModel trained) {
        try (NDManager scratch = trained.newManager()) {
            return representative(trained, trained.view().zeros(scratch)).size();
        }
    }

    /** The centers of the posteriors of the layer next to the data, given those of the layers above, [B, ...Z]. */
    private static NDArray representative(TrainedModel trained, Minibatch data) {
        return new LatentCodec(trained)
                .layers(data)
                .get(0)
                .inference()
                .posterior()
                .pointEstimate()
                .get(0);
    }
}
