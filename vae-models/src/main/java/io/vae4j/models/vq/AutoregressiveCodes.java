package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;

/**
 * A learned distribution of codes as the prior of a model, which is then a normalized one: {@code log p(x) >= log
 * p(x|e) + log p(codes)}. Codes are whole numbers, so its gradient never reaches the encoder: it can learn along with
 * the model or after it.
 */
public final class AutoregressiveCodes extends DiscretePrior {

    private final AutoregressiveTransformer transformer;

    /**
     * @param codes the quantizer's own
     * @param transformer over as many codes; owned by this prior
     */
    public AutoregressiveCodes(Codes codes, AutoregressiveTransformer transformer) {
        super(codes);
        requireSameCount(codes, transformer);
        // weights of runs have this name
        this.transformer = child("codes", transformer);
    }

    static void requireSameCount(Codes codes, AutoregressiveTransformer transformer) {
        if (transformer.count() != codes.count()) {
            throw new IllegalArgumentException("the prior is over " + transformer.count() + " codes and the quantizer"
                    + " has " + codes.count() + "; expected equal numbers");
        }
    }

    @Override
    public NDArray logProb(Pass pass, NDArray grids, Condition condition) {
        return transformer.logProb(pass, grids, condition);
    }

    @Override
    public NDArray sampleCodes(Pass pass, long samples, Condition condition) {
        return transformer.sample(pass, samples, condition);
    }
}
