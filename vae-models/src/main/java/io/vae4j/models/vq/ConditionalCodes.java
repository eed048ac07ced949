package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.models.hierarchical.LayerPrior;
import io.vae4j.models.hierarchical.TopDownPrior;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.Optional;

/**
 * The prior of a layer of codes given those above it, {@code log p(k|t) = sum_i log p(k_i | k_1 ... k_(i-1), t_1 ...
 * t_i)}: a transformer reads the top-down features of a position where it predicts the position's code. Razavi et al.
 * 2019, section 3.2, https://arxiv.org/abs/1906.00446, who condition a PixelCNN so.
 *
 * <p>The features are held constant: as without a condition, no gradient of the prior reaches the encoder.
 */
public final class ConditionalCodes extends TypedBlock implements TopDownPrior {

    private final Codes codes;
    private final AutoregressiveTransformer transformer;
    private final Dense context;

    /**
     * @param codes the layer's quantizer's own
     * @param transformer over as many codes; owned by this prior
     * @param start of the linear map from a position's features to the transformer's
     */
    public ConditionalCodes(Codes codes, AutoregressiveTransformer transformer, Initialization start) {
        AutoregressiveCodes.requireSameCount(codes, transformer);
        this.codes = codes;
        this.transformer = child("codes", transformer);
        this.context = child("context", new Dense(transformer.width(), start));
    }

    @Override
    public Block block() {
        return this;
    }

    /** @param features [K, B, F, ...positions] */
    @Override
    public LayerPrior given(Pass pass, NDArray features) {
        NDArray fixed = features.stopGradient();
        return new LayerPrior() {
            @Override
            public StochasticLayer explain(Inference inference) {
                return DiscretePrior.explained(inference, indices -> logProb(pass, indices, fixed));
            }

            @Override
            public Sample sample(Pass drawing) {
                NDArray drawn = sampleCodes(drawing, fixed);
                return new Sample(codes.lookUp(drawing, drawn), Optional.empty(), Optional.of(drawn));
            }
        };
    }

    /**
     * log p(codes|features).
     *
     * @param grids [K, B, ...positions], INT64
     * @param features [K or 1, B or 1, F, ...positions]
     * @return [K, B], nats
     */
    NDArray logProb(Pass pass, NDArray grids, NDArray features) {
        Shape leading = grids.getShape().slice(0, 2);
        NDArray each = features.broadcast(leading.addAll(features.getShape().slice(2)));
        NDArray beside = beside(pass, each);
        return transformer.logProb(pass, grids, Condition.none(), places -> beside.add(places));
    }

    private NDArray sampleCodes(Pass pass, NDArray features) {
        NDArray beside = beside(pass, features);
        Shape shape = features.getShape();
        return transformer
                .sample(pass, shape.get(0) * shape.get(1), Condition.none(), places -> beside.add(places))
                .reshape(shape.slice(0, 2).addAll(shape.slice(3)));
    }

    /** [K * B, positions, width]. */
    private NDArray beside(Pass pass, NDArray features) {
        appliedTo(pass, Condition.none(), features);
        CodeGrid grid = CodeGrid.of(features);
        return context.apply(pass, grid.rows(features))
                .reshape(grid.leading().size(), grid.positions().size(), -1);
    }

    /** log p of the codes numbered 0 throughout, [B], for features [B, F, ...positions]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        Shape shape = features.getShape();
        NDArray zeros = pass.batch().zeros(shape.slice(0, 2).addAll(shape.slice(3)), DataType.INT64);
        return new NDList(logProb(pass, zeros, features).squeeze(0));
    }
}
