package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.GrayPixels;
import io.vae4j.models.family.Head;

/** The family of p(x|z); the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface LikelihoodSpec {

    /** The family over events of a shape, as the last layer of a decoder. */
    Family<?> family(Shape event, Head head);

    /** How reports call it, such as "Bernoulli log-likelihood". */
    String title();

    /** The values that it is defined for. */
    Support support();

    /** What its log p is the logarithm of. */
    Scale scale();

    /**
     * What the head must say for the likelihood's mean to be the given one; by default the mean itself.
     *
     * @param mean of the training data, each element as the model sees it
     */
    default float[] parameterOf(float... mean) {
        return mean;
    }

    /** What log p is the logarithm of. */
    enum Scale {
        /** A probability of discrete values. */
        PROBABILITY,
        /** A density, whose value depends on the unit of the data. */
        DENSITY,
        /** The exponential does not integrate to one. */
        RELATIVE
    }

    /** Values that are always black or white would have infinite logits. */
    float RAREST = 0.001f;

    /** The logits of probabilities. */
    static float[] logits(float... mean) {
        float[] logits = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            float p = Math.max(RAREST, Math.min(1 - RAREST, mean[i]));
            logits[i] = (float) Math.log(p / (1 - p));
        }
        return logits;
    }

    /** Independent bits. */
    @Example("{kind: bernoulli}")
    record BernoulliSpec() implements LikelihoodSpec {

        @Override
        public Family<?> family(Shape event, Head head) {
            return new BernoulliPixels(event, head);
        }

        @Override
        public String title() {
            return "Bernoulli log-likelihood";
        }

        @Override
        public Support support() {
            return Support.BINARY;
        }

        @Override
        public Scale scale() {
            return Scale.PROBABILITY;
        }

        @Override
        public float[] parameterOf(float... mean) {
            return logits(mean);
        }
    }

    /** Gray levels under the Bernoulli's cross-entropy, which is no likelihood. */
    @Example("{kind: gray-cross-entropy}")
    record GrayCrossEntropySpec() implements LikelihoodSpec {

        @Override
        public Family<?> family(Shape event, Head head) {
            return new GrayPixels(event, head);
        }

        @Override
        public String title() {
            return "cross-entropy on gray levels";
        }

        @Override
        public Support support() {
            return Support.UNIT_INTERVAL;
        }

        @Override
        public Scale scale() {
            return Scale.RELATIVE;
        }

        @Override
        public float[] parameterOf(float... mean) {
            return logits(mean);
        }
    }

    /** A Gaussian with one learned standard deviation for all elements. */
    @Example("{kind: gaussian}")
    record GaussianLikelihoodSpec() implements LikelihoodSpec {

        @Override
        public Family<?> family(Shape event, Head head) {
            return new GlobalScaleGaussian(event, new GlobalScale.Isotropic(1), head);
        }

        @Override
        public String title() {
            return "Gaussian log-density";
        }

        @Override
        public Support support() {
            return Support.REAL;
        }

        @Override
        public Scale scale() {
            return Scale.DENSITY;
        }
    }
}
