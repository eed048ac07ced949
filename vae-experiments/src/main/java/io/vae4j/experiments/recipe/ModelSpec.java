package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;

/** A model of images of D pixels; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = VaeSpec.class, name = "vae"))
public sealed interface ModelSpec permits VaeSpec {

    /** Assembles the model, not yet initialised. */
    Assembly assemble(long dimensions);

    /** How reports call the model, as in "VAE 784-400-20-400-784". */
    String title(long dimensions);

    /** How reports call p(x|z). */
    String likelihoodTitle();

    /** The latent model, and the family of its p(x|z), which says what data it is defined for. */
    record Assembly(LatentModel model, Family<?> likelihood) {}
}
