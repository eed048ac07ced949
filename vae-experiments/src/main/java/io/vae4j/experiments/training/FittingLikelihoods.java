package io.vae4j.experiments.training;

import io.vae4j.core.distribution.Support;

/** What a program may do about a likelihood that is not defined for its data, as recipes say it in their keys. */
final class FittingLikelihoods {

    private static final String BITS = "values(ValueTransform.DYNAMIC_BINARIZATION)";

    private FittingLikelihoods() {}

    /**
     * The remedy, in classes and calls.
     *
     * @param stored the values of the data
     * @param defined those that the likelihood is defined for
     */
    static String remedy(Support stored, Support defined) {
        if (!Support.UNIT_INTERVAL.covers(stored)) {
            return "take GlobalScaleGaussian (or LaplacePixels) with values(ValueTransform.AS_STORED), or scale the"
                    + " data to [0, 1]";
        }
        boolean bytes = Support.BYTE_LEVELS.covers(stored);
        if (defined == Support.BYTE_LEVELS) {
            return bytes
                    ? "call values(ValueTransform.AS_STORED), for bytes are what it gives probabilities to"
                    : "take ContinuousBernoulliPixels (or GlobalScaleGaussian), or store bytes";
        }
        return "call " + BITS + ", or take "
                + (bytes ? "LogisticMixturePixels (or ContinuousBernoulliPixels)" : "ContinuousBernoulliPixels")
                + " with values(ValueTransform.AS_STORED)";
    }
}
