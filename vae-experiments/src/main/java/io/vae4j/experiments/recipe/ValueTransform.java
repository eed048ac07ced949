package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.distribution.Support;

/** What becomes of stored values on their way to the model. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum ValueTransform {
    /** Bytes are divided by 255, floats are taken as they are. */
    AS_STORED {
        @Override
        public Support support(Support stored) {
            return stored;
        }
    },
    /** A bit drawn anew at each use, one with the level as its probability (Burda et al. 2016, section 5). */
    DYNAMIC_BINARIZATION {
        @Override
        public Support support(Support stored) {
            return Support.UNIT_INTERVAL.covers(stored) ? Support.BINARY : Support.REAL;
        }
    };

    /** The values that the model sees; what is no level cannot become a bit and stays what it is. */
    public abstract Support support(Support stored);
}
