package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.models.hierarchical.LayerPrior;
import io.vae4j.models.hierarchical.TopDownPrior;
import java.util.Optional;

/**
 * A prior over codes as that of a layer, which does not look at the layers above.
 *
 * @param block over the layer's codes
 */
public record UnconditionalCodes(DiscretePrior block) implements TopDownPrior {

    @Override
    public LayerPrior given(Pass pass, NDArray features) {
        Shape leading = features.getShape().slice(0, 2);
        return new LayerPrior() {
            @Override
            public StochasticLayer explain(Inference inference) {
                return block.explain(pass, inference, Condition.none()).get(0);
            }

            @Override
            public Sample sample(Pass drawing) {
                NDArray drawn = block.sampleCodes(drawing, leading.size(), Condition.none());
                NDArray grids = drawn.reshape(leading.addAll(drawn.getShape().slice(2)));
                return new Sample(block.codes().lookUp(drawing, grids), Optional.empty(), Optional.of(grids));
            }
        };
    }
}
