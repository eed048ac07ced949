package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.experiments.Example;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.vq.AutoregressiveCodes;
import io.vae4j.models.vq.AutoregressiveTransformer;
import io.vae4j.models.vq.Codebook;
import io.vae4j.models.vq.DiscretePrior;
import io.vae4j.models.vq.UniformCodes;

/** The prior over a grid of codes; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface CodePriorSpec {

    /** The prior over the codes of a codebook. */
    DiscretePrior prior(Codebook codebook, Initialization initialization);

    /** A word for titles. */
    String title();

    /** All grids alike. */
    @Example("{kind: uniform}")
    record UniformSpec() implements CodePriorSpec {

        @Override
        public DiscretePrior prior(Codebook codebook, Initialization initialization) {
            return new UniformCodes(codebook);
        }

        @Override
        public String title() {
            return "uniform prior";
        }
    }

    /** An autoregressive prior, which learns along with the model: no gradient of it reaches the encoder. */
    @Example("{kind: transformer, width: 4, heads: 2, layers: 1}")
    record TransformerSpec(int width, int heads, int layers) implements CodePriorSpec {

        public TransformerSpec {
            KeyChecks.atLeastOne("model.prior.heads", heads);
            KeyChecks.atLeastOne("model.prior.layers", layers);
            KeyChecks.multiple("model.prior.width", width, heads);
        }

        @Override
        public DiscretePrior prior(Codebook codebook, Initialization initialization) {
            AutoregressiveTransformer codes = new AutoregressiveTransformer(
                    codebook.count(), new AutoregressiveTransformer.Size(width, heads, layers), initialization);
            return new AutoregressiveCodes(codebook, codes);
        }

        @Override
        public String title() {
            return "transformer prior";
        }
    }
}
