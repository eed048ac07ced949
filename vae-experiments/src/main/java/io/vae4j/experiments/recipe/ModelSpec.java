package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.LatentModel;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.models.vq.Codebook;
import java.util.Optional;

/** A model of images; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = VaeSpec.class, name = "vae"),
    @JsonSubTypes.Type(value = DeepVaeSpec.class, name = "deep-vae"),
    @JsonSubTypes.Type(value = VqVaeSpec.class, name = "vq-vae"),
    @JsonSubTypes.Type(value = LinearGaussianSpec.class, name = "linear-gaussian")
})
public sealed interface ModelSpec permits VaeSpec, DeepVaeSpec, VqVaeSpec, LinearGaussianSpec {

    /**
     * Assembles the model, not yet initialized.
     *
     * @param train the images that it will learn from; their size counts, and what some parts start from
     */
    Assembly assemble(ImageSet train);

    /** How reports call the model of images of so many pixels, as in "VAE 784-400-20-400-784". */
    String title(long pixels);

    /** p(x|z). */
    LikelihoodName likelihood();

    /** Where log q(z|x) can be evaluated, which decides the objectives and estimators that go with the model. */
    Density density();

    /** Why the KL is known by samples only; empty where it has a closed form given the data. */
    default Optional<String> klBySamples() {
        return Optional.empty();
    }

    /** Why the model cannot be had with such data; empty where it can. */
    default Optional<String> incompatibility(DataSpec data) {
        return Optional.empty();
    }

    /**
     * A model, and the shape in which it takes an image.
     *
     * @param event [D] or [1, H, W]
     * @param codebook the model's, if its latents are codes
     */
    record Assembly(LatentModel model, Shape event, Optional<Codebook> codebook) {

        /** A model of continuous latents. */
        Assembly(LatentModel model, Shape event) {
            this(model, event, Optional.empty());
        }
    }
}
