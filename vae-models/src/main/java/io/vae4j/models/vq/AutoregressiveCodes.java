package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;

/**
 * A learned distribution of codes as the prior of a model, which is then a normalized one: {@code log p(x) >= log
 * p(x|e) + log p(codes)}. Codes are whole numbers, so its gradient never reaches the encoder: it can learn along with
 * the model or after it.
 */
public final class AutoregressiveCodes extends DiscretePrior {

    private final AutoregressiveTransformer codes;

    /**
     * @param codebook the quantizer's own
     * @param codes over as many codes as the codebook holds; owned by this prior
     */
    public AutoregressiveCodes(Codebook codebook, AutoregressiveTransformer codes) {
        super(codebook);
        if (codes.count() != codebook.count()) {
            throw new IllegalArgumentException("the prior is over " + codes.count() + " codes and the codebook holds "
                    + codebook.count() + "; expected equal numbers");
        }
        this.codes = child("codes", codes);
    }

    @Override
    public NDArray logProb(Pass pass, NDArray grids, Condition condition) {
        return codes.logProb(pass, grids, condition);
    }

    @Override
    public NDArray sampleCodes(Pass pass, long samples, Condition condition) {
        return codes.sample(pass, samples, condition);
    }

    /** @param inputs z, [1, D, ...positions], and the condition */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        Shape grid = new Shape(1, 1).addAll(inputs.head().getShape().slice(2));
        logProb(pass, pass.batch().zeros(grid, DataType.INT64), condition(inputs));
    }
}
