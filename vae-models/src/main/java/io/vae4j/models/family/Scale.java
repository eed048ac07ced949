package io.vae4j.models.family;

import io.vae4j.core.distribution.LocationScale;

/** Where the standard deviation of a location-scale family comes from. */
public sealed interface Scale permits GlobalScale, PredictedScale {

    /** The standard deviation that is kept, or from which learning starts. */
    double sigma();

    /** The number whose soft bound is a log scale: the inverse of {@link LocationScale#boundedLogScale}. */
    static double unbounded(double logScale) {
        double inside = logScale / LocationScale.LOG_SCALE_BOUND;
        return LocationScale.LOG_SCALE_BOUND * 0.5 * (Math.log1p(inside) - Math.log1p(-inside));
    }

    /** Refuses what would leave the bounds of scales. */
    static void check(double sigma) {
        if (!(sigma >= 1e-4 && sigma <= 1e4)) {
            throw new IllegalArgumentException(
                    "sigma is " + sigma + "; expected a standard deviation from 1e-4 to 1e4; rescale the data");
        }
    }
}
