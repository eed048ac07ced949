package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.ContinuousBernoulliPixels;
import io.vae4j.models.family.Head;

/** A density over levels in [0, 1] whose formula is the Bernoulli's, normalized. */
@Example("{kind: continuous-bernoulli}")
record ContinuousBernoulliSpec() implements LikelihoodSpec {

    @Override
    public Family<?> family(Shape event, Head head) {
        return new ContinuousBernoulliPixels(event, head);
    }

    @Override
    public float[] parameterOf(float... mean) {
        float[] logits = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            logits[i] = (float) ExponentialTilt.ofMean(mean[i]);
        }
        return logits;
    }
}
