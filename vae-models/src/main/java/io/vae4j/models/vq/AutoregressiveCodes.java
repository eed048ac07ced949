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
}
