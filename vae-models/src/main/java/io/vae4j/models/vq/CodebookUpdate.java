package io.vae4j.models.vq;

/** How codes follow the encoder's outputs. Van den Oord et al. 2017, section 3.2 and appendix A.1. */
public sealed interface CodebookUpdate {

    /** Codes learn by the gradient of {@code ||sg(z) - e||^2}, which the quantizer adds to its penalty. */
    record ByGradient() implements CodebookUpdate {}

    /**
     * Codes are moving averages of the outputs nearest to them, outside the gradient.
     *
     * @param decay gamma, at least 0 and below 1
     * @param epsilon the uses that smoothing adds to each code, above 0
     */
    record ByMovingAverage(double decay, double epsilon) implements CodebookUpdate {

        public ByMovingAverage {
            if (!(decay >= 0 && decay < 1)) {
                throw new IllegalArgumentException("the decay of the codebook is " + decay + "; expected [0, 1)");
            }
            if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
                throw new IllegalArgumentException(
                        "the smoothing of the codebook is " + epsilon + "; expected a finite number above 0");
            }
        }

        /** Decay 0.99 and epsilon 1e-5. */
        public ByMovingAverage() {
            this(0.99, 1e-5);
        }
    }
}
