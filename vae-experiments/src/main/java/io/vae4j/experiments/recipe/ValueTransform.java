package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.distribution.Support;
import java.util.Optional;

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
            return Support.BINARY;
        }

        @Override
        public Optional<String> incompatibility(Support stored) {
            return Support.UNIT_INTERVAL.covers(stored)
                    ? Optional.empty()
                    : Optional.of("only levels from 0 to 1 can become bits, and the data are " + stored
                            + "; set data.values=as-stored and a likelihood for them such as model.likelihood=gaussian,"
                            + " or scale the data to [0, 1]");
        }
    };

    /** The values that the model sees. */
    public abstract Support support(Support stored);

    /** Why stored values cannot become what the model is to see; empty where they can. */
    public Optional<String> incompatibility(Support stored) {
        return Optional.empty();
    }
}
