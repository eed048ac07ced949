package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.LatentModel;
import java.util.Optional;

/** A model of the data; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface ModelSpec {

    /** Assembles the model, not yet initialized. */
    Assembly assemble(ModelContext context);

    /** How reports call the model of examples of so many numbers, as in "VAE 784-400-20-400-784". */
    String title(long dimensions);

    /** p(x|z). */
    LikelihoodSpec likelihood();

    /** Where log q(z|x) can be evaluated, which decides the objectives and estimators that go with the model. */
    Density density();

    /** Why the KL is known by samples only; empty where it has a closed form given the data. */
    default Optional<String> klBySamples() {
        return Optional.empty();
    }

    /** Whether it has one stochastic layer, in which the posterior's dimensions are independent. */
    default boolean isFactorized() {
        return false;
    }

    /** Whether its latents are codes, of which all samples are alike. */
    default boolean hasCodes() {
        return false;
    }

    /** Why the model cannot be had with such data; empty where it can. */
    default Optional<String> incompatibility(DataSpec data) {
        return Optional.empty();
    }

    /**
     * Why a new model should not be trained on examples of such a shape, although it could be; empty where nothing
     * speaks against it.
     */
    default Optional<String> misfit(Shape event) {
        return Optional.empty();
    }

    /**
     * A model, and the shape in which it takes an example.
     *
     * @param event [D] or [C, H, W]
     */
    record Assembly(LatentModel model, Shape event) {}
}
