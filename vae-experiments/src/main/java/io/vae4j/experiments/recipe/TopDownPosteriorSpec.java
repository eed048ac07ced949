package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Network;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.hierarchical.Concatenation;
import io.vae4j.models.hierarchical.PrecisionWeighting;
import io.vae4j.models.hierarchical.ResidualNormal;
import io.vae4j.models.hierarchical.TopDownPosterior;
import io.vae4j.models.network.Initialization;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a layer's posterior joins the data to what the layers above say; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface TopDownPosteriorSpec {

    /** The posterior of one layer. */
    TopDownPosterior posterior(LayerParts parts);

    /**
     * What a layer's posterior may be made of.
     *
     * @param network a new one, of bottom-up and top-down features side by side
     * @param gaussian over the layer's latents, with heads that start so
     * @param initialization of ordinary layers
     */
    record LayerParts(
            Supplier<Network> network, Function<Initialization, Gaussian> gaussian, Initialization initialization) {}

    /** The prior times a Gaussian of the data. */
    @Example("{kind: precision-weighting}")
    record PrecisionWeightingSpec() implements TopDownPosteriorSpec {

        @Override
        public TopDownPosterior posterior(LayerParts parts) {
            return new PrecisionWeighting(parts.gaussian().apply(parts.initialization()));
        }
    }

    /** A network of both. */
    @Example("{kind: concatenation}")
    record ConcatenationSpec() implements TopDownPosteriorSpec {

        @Override
        public TopDownPosterior posterior(LayerParts parts) {
            return new Concatenation(parts.network().get(), parts.gaussian().apply(parts.initialization()));
        }
    }

    /** A network of both, which says by how much the posterior differs from the prior; it starts close to it. */
    @Example("{kind: residual}")
    record ResidualSpec() implements TopDownPosteriorSpec {

        @Override
        public TopDownPosterior posterior(LayerParts parts) {
            return new ResidualNormal(parts.network().get(), parts.gaussian().apply(Initialization.FAINT_NORMAL));
        }
    }
}
