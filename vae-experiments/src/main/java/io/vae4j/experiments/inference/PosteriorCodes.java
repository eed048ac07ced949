package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.LatentModel;
import java.util.List;

/** The codes of examples in every stochastic layer of a model. */
public final class PosteriorCodes {

    private PosteriorCodes() {}

    /**
     * Each layer's posterior given the centers of the layers that it is inferred from: of a model with one layer,
     * q(z|x) itself.
     *
     * @param x [B, ...X]
     * @return from the data upwards; they belong to the pass
     */
    public static List<LayerCode> of(LatentModel model, Pass pass, NDArray x, Condition condition) {
        return model.boundTerms(pass.with(Noise.zero()), x, condition, 1).layers().stream()
                .map(LayerCode::of)
                .toList();
    }
}
