package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Family;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.GrayPixels;
import io.vae4j.models.family.Head;

/** The families of p(x|z). */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum LikelihoodName {
    BERNOULLI("Bernoulli log-likelihood", Support.BINARY, Scale.PROBABILITY),
    GRAY_CROSS_ENTROPY("cross-entropy on gray levels", Support.UNIT_INTERVAL, Scale.RELATIVE),
    /** One learned standard deviation for all pixels. */
    GAUSSIAN("Gaussian log-density", Support.REAL, Scale.DENSITY);

    /** What log p is the logarithm of. */
    public enum Scale {
        /** A probability of discrete values. */
        PROBABILITY,
        /** A density, whose value depends on the unit of the data. */
        DENSITY,
        /** The exponential does not integrate to one. */
        RELATIVE
    }

    /** Pixels that are always black or white would have infinite logits. */
    private static final float RAREST = 0.001f;

    private final String title;
    private final Support support;
    private final Scale scale;

    LikelihoodName(String title, Support support, Scale scale) {
        this.title = title;
        this.support = support;
        this.scale = scale;
    }

    /** The family over images of a shape, as the last layer of a decoder. */
    Family<?> family(Shape event, Head head) {
        return switch (this) {
            case BERNOULLI -> new BernoulliPixels(event, head);
            case GRAY_CROSS_ENTROPY -> new GrayPixels(event, head);
            case GAUSSIAN -> new GlobalScaleGaussian(event, new GlobalScale.Isotropic(1), head);
        };
    }

    /** What the last layer must say for the likelihood's mean to be the given one, each from 0 to 1. */
    float[] parameterOf(float[] mean) {
        float[] parameter = mean.clone();
        if (this != GAUSSIAN) {
            for (int i = 0; i < mean.length; i++) {
                float p = Math.max(RAREST, Math.min(1 - RAREST, mean[i]));
                parameter[i] = (float) Math.log(p / (1 - p));
            }
        }
        return parameter;
    }

    /** How reports call it. */
    public String title() {
        return title;
    }

    /** The values that it is defined for. */
    public Support support() {
        return support;
    }

    /** What its log p is the logarithm of. */
    public Scale scale() {
        return scale;
    }
}
