package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.model.Family;
import io.vae4j.models.network.BernoulliPixels;
import io.vae4j.models.network.GreyPixels;
import io.vae4j.models.network.Initialisation;

/** The families of p(x|z). */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum LikelihoodName {
    BERNOULLI,
    GREY_CROSS_ENTROPY;

    Family<?> family(Shape event, Initialisation initialisation) {
        return switch (this) {
            case BERNOULLI -> new BernoulliPixels(event, initialisation);
            case GREY_CROSS_ENTROPY -> new GreyPixels(event, initialisation);
        };
    }

    /** How reports call it. */
    public String title() {
        return switch (this) {
            case BERNOULLI -> "Bernoulli log-likelihood";
            case GREY_CROSS_ENTROPY -> "cross-entropy on grey levels";
        };
    }
}
