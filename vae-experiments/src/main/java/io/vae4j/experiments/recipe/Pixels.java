package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.distribution.Support;

/** What a pixel is to the model. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum Pixels {
    /** The gray level divided by 255, with no other normalization. */
    GRAY(Support.UNIT_INTERVAL),
    /** A bit drawn anew at each use, one with the gray level as its probability (Burda et al. 2016, section 5). */
    DYNAMIC_BINARIZATION(Support.BINARY);

    private final Support support;

    Pixels(Support support) {
        this.support = support;
    }

    /** The values that such pixels take. */
    public Support support() {
        return support;
    }
}
