package io.vae4j.models.hierarchical;

import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.models.Vae;
import java.util.List;

/** Builds a deep model by nesting autoencoders: the prior of each is the one above it. */
public final class DeepVae {

    private DeepVae() {}

    /** The parts of one level: q(h_l|h_{l-1},c) as an encoder and a posterior, and p(h_{l-1}|h_l,c), where h_0 is x. */
    public record Level(Encoder encoder, Posterior posterior, Decoder decoder) {}

    /**
     * {@code p(h_L) p(h_{L-1}|h_L) ... p(x|h_1)} with bottom-up inference {@code q(h_1|x) q(h_2|h_1) ...}
     *
     * @param levels from the data upwards, at least one
     * @param top p(h_L)
     */
    public static Vae bottomUp(List<Level> levels, Prior top) {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("a deep model got no level; give one for each stochastic layer");
        }
        Level lowest = levels.get(0);
        Prior above = levels.size() == 1 ? top : bottomUp(levels.subList(1, levels.size()), top);
        return new Vae(lowest.encoder(), lowest.posterior(), lowest.decoder(), above);
    }
}
