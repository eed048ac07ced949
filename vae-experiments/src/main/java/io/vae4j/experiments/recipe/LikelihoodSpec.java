package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.GrayPixels;
import io.vae4j.models.family.Head;
import io.vae4j.models.family.PredictedScale;
import io.vae4j.models.network.Initialization;
import java.util.Optional;

/** The family of p(x|z); the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface LikelihoodSpec {

    /** The family over events of a shape, as the last layer of a decoder. */
    Family<?> family(Shape event, Head head);

    /**
     * What is known of the family without its parameters: the family over one number, of shape (1), with a dense head.
     * It is made anew whenever {@link #title}, {@link #support} or {@link #normalization} asks. A likelihood that
     * cannot be built over that shape, such as one that needs images [C, H, W], overrides this by the family over a
     * shape that it can have, or overrides those three.
     */
    default Family<?> facts() {
        return factsOver(new Shape(1));
    }

    /** The family over events of a shape, with a dense head. */
    default Family<?> factsOver(Shape event) {
        return family(event, new Head.Dense(Initialization.FAN_IN_UNIFORM));
    }

    /**
     * Why the likelihood cannot be one of data of a shape; empty where it can.
     *
     * @param data the shape of an example, such as [3, H, W], which networks may flatten
     */
    default Optional<String> incompatibility(Shape data) {
        return Optional.empty();
    }

    /** How reports call it, such as "Bernoulli log-likelihood". */
    default String title() {
        return facts().title();
    }

    /** The values that it is defined for. */
    default Support support() {
        return facts().support();
    }

    /** What its log p is the logarithm of. */
    default Normalization normalization() {
        return facts().normalization();
    }

    /**
     * What the head must say for the likelihood's mean to be the given one, where {@code outputBias: mean-image} asks
     * for it. By default that is the mean itself, which is wrong where the head says something else, such as logits:
     * such a likelihood overrides this.
     *
     * @param mean of the training data, each element as the model sees it
     */
    default float[] parameterOf(float... mean) {
        return mean;
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
        public float[] parameterOf(float... mean) {
            return logits(mean);
        }
    }

    /**
     * A Gaussian.
     *
     * @param scale which numbers its standard deviation is
     * @param sigma the standard deviation before training; one near the noise of the data learns soonest
     */
    @Example("{kind: gaussian, scale: each, sigma: 0.5}")
    record GaussianLikelihoodSpec(
            @Default("isotropic") LikelihoodScale scale,
            @Default("1.0") @Within("[1e-4, 1e4]") double sigma) implements LikelihoodSpec {

        public GaussianLikelihoodSpec {
            LikelihoodScale.check(sigma);
        }

        @Override
        public Family<?> family(Shape event, Head head) {
            return scale.from(sigma) instanceof GlobalScale same
                    ? new GlobalScaleGaussian(event, same, head)
                    : new Gaussian(event, new PredictedScale(sigma), head);
        }
    }
}
