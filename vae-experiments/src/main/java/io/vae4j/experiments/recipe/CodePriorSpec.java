package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.experiments.Example;
import io.vae4j.models.hierarchical.TopDownPrior;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.vq.AutoregressiveCodes;
import io.vae4j.models.vq.AutoregressiveTransformer;
import io.vae4j.models.vq.Codes;
import io.vae4j.models.vq.ConditionalCodes;
import io.vae4j.models.vq.DiscretePrior;
import io.vae4j.models.vq.UnconditionalCodes;
import io.vae4j.models.vq.UniformCodes;

/** The prior over a grid of codes; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface CodePriorSpec {

    /** The prior over a quantizer's codes. */
    DiscretePrior prior(Codes codes, Initialization initialization);

    /** The prior over a layer's codes given those of the layers above it. */
    TopDownPrior given(Codes codes, Initialization initialization);

    /** A word for titles. */
    String title();

    /** All grids alike. */
    @Example("{kind: uniform}")
    record UniformSpec() implements CodePriorSpec {

        @Override
        public DiscretePrior prior(Codes codes, Initialization initialization) {
            return new UniformCodes(codes);
        }

        @Override
        public TopDownPrior given(Codes codes, Initialization initialization) {
            return new UnconditionalCodes(new UniformCodes(codes));
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
        public DiscretePrior prior(Codes codes, Initialization initialization) {
            return new AutoregressiveCodes(codes, transformer(codes, initialization));
        }

        @Override
        public TopDownPrior given(Codes codes, Initialization initialization) {
            return new ConditionalCodes(codes, transformer(codes, initialization), initialization);
        }

        private AutoregressiveTransformer transformer(Codes codes, Initialization initialization) {
            AutoregressiveTransformer.Size size = new AutoregressiveTransformer.Size(width, heads, layers);
            return new AutoregressiveTransformer(codes.count(), size, initialization);
        }

        @Override
        public String title() {
            return "transformer prior";
        }
    }
}
