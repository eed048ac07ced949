package org.example.parts;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.KeyChecks;
import io.vae4j.experiments.recipe.LikelihoodSpec;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.NetworkSpec;
import io.vae4j.experiments.recipe.OutputBias;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Initialization;

/** {@code network: {kind: residual, width: 64, depth: 2}}. */
@Example("{kind: residual, width: 6, depth: 2}")
public record ResidualSpec(
        @Default("64") int width, @Default("2") int depth, @Default("as-initialized") OutputBias outputBias)
        implements NetworkSpec {

    public ResidualSpec {
        KeyChecks.atLeastOne("model.network.width", width);
        KeyChecks.notNegative("model.network.depth", depth);
    }

    @Override
    public Initialization initialization() {
        return Initialization.HE_NORMAL;
    }

    @Override
    public Shape event(Shape data) {
        return new Shape(data.size());
    }

    @Override
    public Encoder encoder(Shape event) {
        return network();
    }

    @Override
    public Decoder decoder(Shape event, LikelihoodSpec likelihood, ModelContext context) {
        Head head = outputBias.head(initialization(), likelihood, context);
        return new NetworkDecoder(network(), likelihood.family(event, head));
    }

    @Override
    public String title(long dimensions, int latent) {
        return dimensions + "-residual" + width + "x" + depth + "-" + latent;
    }

    private ResidualNetwork network() {
        return new ResidualNetwork(width, depth, initialization());
    }
}
