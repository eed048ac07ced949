package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;

/** What every part of a model is conditioned on. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum ConditionName {
    /** Nothing. */
    NONE,
    /** The class of the example, one-hot. */
    LABEL
}
