package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.PredictedScale;
import io.vae4j.models.family.Scale;

/** Which numbers the standard deviation of a likelihood is. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum LikelihoodScale {
    /** One for all elements, as it is given. */
    FIXED,
    /** One for all elements, learned. */
    ISOTROPIC,
    /** One for each element, learned. */
    EACH,
    /** One for each element of each example: the decoder predicts it from z, as it does the mean. */
    PREDICTED;

    Scale from(double sigma) {
        return switch (this) {
            case FIXED -> new GlobalScale.Fixed(sigma);
            case ISOTROPIC -> new GlobalScale.Isotropic(sigma);
            case EACH -> new GlobalScale.Each(sigma);
            case PREDICTED -> new PredictedScale(sigma);
        };
    }

    static void check(double sigma) {
        KeyChecks.within("model.likelihood.sigma", sigma, 1e-4, 1e4);
    }
}
