package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.Prior;
import io.vae4j.core.model.StochasticLayer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A prior over grids of codes: a subclass writes the log probability and samples. The codes are the quantizer's, which
 * owns, initializes and saves them; here they are a plain reference.
 */
public abstract class DiscretePrior extends TypedBlock implements Prior {

    private final Codes codes;

    /** @param codes the quantizer's own */
    protected DiscretePrior(Codes codes) {
        this.codes = codes;
    }

    /**
     * log p(codes|c).
     *
     * @param codes [K, B, ...positions], INT64
     * @return [K, B], nats
     */
    public abstract NDArray logProb(Pass pass, NDArray codes, Condition condition);

    /**
     * Samples grids of codes.
     *
     * @param samples n, for each condition or once
     * @return [n, B or 1, ...positions], INT64
     */
    public abstract NDArray sampleCodes(Pass pass, long samples, Condition condition);

    /** The codes that the prior is about. */
    protected final Codes codes() {
        return codes;
    }

    @Override
    public final int layers() {
        return 1;
    }

    /** The KL of a point mass is {@code -log p} of its codes, which the sample gives exactly. */
    @Override
    public final List<StochasticLayer> explain(Pass pass, Inference inference, Condition condition) {
        appliedTo(pass, condition, inference.latent());
        return List.of(explained(inference, indices -> logProb(pass, indices, condition)));
    }

    /** @param logProb log p of codes, [K, B], for their indices, [K, B, ...positions] */
    static StochasticLayer explained(Inference inference, UnaryOperator<NDArray> logProb) {
        NDArray indices = inference
                .sample()
                .codes()
                .orElseThrow(() -> new IllegalArgumentException("the prior is one over codes and the posterior samples"
                        + " none; use it with a quantizer, such as VectorQuantizer, or give the model a prior with a"
                        + " density"));
        Memoized<NDArray> logPrior = Memoized.of(() -> logProb.apply(indices));
        return new StochasticLayer(
                inference,
                logPrior,
                Memoized.of(() -> Optional.of(logPrior.get().neg())));
    }

    @Override
    public final Sample sample(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        if (!fromTop.isEmpty()) {
            return Sample.of(fromTop.get(0));
        }
        NDArray indices = sampleCodes(pass, samples, condition);
        return new Sample(codes.lookUp(pass, indices), Optional.empty(), Optional.of(indices));
    }

    /** log p of codes [B, ...positions], [B]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray codes = inputs.head().toType(DataType.INT64, false).expandDims(0);
        return new NDList(logProb(pass, codes, condition(inputs)).squeeze(0));
    }

    /**
     * Scores codes, which a prior over them reads, though it is initialized with the shape of z.
     *
     * @param inputs z, [1, D, ...positions], and the condition
     */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        Shape grid = new Shape(1, 1).addAll(inputs.head().getShape().slice(2));
        logProb(pass, pass.batch().zeros(grid, DataType.INT64), condition(inputs));
    }

    /** [B], for the shape of codes and for that of z, which a prior is initialized with. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
