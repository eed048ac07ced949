package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** The data sets. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum DataName {
    /** Handwritten digits, 60,000 for training and 10,000 for testing, 28 x 28 (LeCun et al. 1998). */
    MNIST
}
