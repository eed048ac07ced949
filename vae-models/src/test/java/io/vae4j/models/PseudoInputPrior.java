package io.vae4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.prior.DensityPrior;

/** p(z) = q(z|u) with one learned pseudo-input u: the simplest prior whose density depends on the encoder. */
final class PseudoInputPrior extends DensityPrior {

    private final Encoder encoder;
    private final Posterior posterior;
    private final Parameter input =
            parameter("input", Parameter.Type.OTHER, new Shape(1, 1, Models.PIXELS), new NormalInitializer(1));

    PseudoInputPrior(Encoder encoder, Posterior posterior) {
        this.encoder = encoder;
        this.posterior = posterior;
    }

    @Override
    public Distribution given(Pass pass, Condition condition) {
        return posterior
                .infer(pass, encoder.features(pass, pass.value(input), condition), condition)
                .density()
                .orElseThrow();
    }
}
