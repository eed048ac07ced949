package org.example.parts;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.LikelihoodSpec;
import io.vae4j.models.family.Head;

/** {@code likelihood: own-continuous-bernoulli}. */
@Example("{kind: own-continuous-bernoulli}")
public record ContinuousBernoulliSpec() implements LikelihoodSpec {

    /** Logits of means from 0.01 to 0.99; a mean nearer to 0 or 1 would start further out than learning reaches. */
    private static final double LARGEST = 100;

    @Override
    public Family<?> family(Shape event, Head head) {
        return new ContinuousBernoulliPixels(event, head);
    }

    /** The head makes logits, of which the mean is not the sigmoid. */
    @Override
    public float[] parameterOf(float... mean) {
        float[] logits = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            logits[i] = logit(mean[i]);
        }
        return logits;
    }

    /** By bisection: the mean rises with the logit, and its inverse has no closed form. */
    private static float logit(double mean) {
        double low = -LARGEST;
        double high = LARGEST;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (mean(middle) < mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (float) ((low + high) / 2);
    }

    /** {@code 1 / (1 - e^-l) - 1 / l}, what the distribution's mean is for one number; 0/0 at 0. */
    private static double mean(double logit) {
        return Math.abs(logit) < 1e-3 ? 0.5 + logit / 12 : 1 / (1 - Math.exp(-logit)) - 1 / logit;
    }
}
