package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.CategoricalLevels;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.CategoricalPixels;
import io.vae4j.models.family.Head;

/** Probabilities of bytes: one for each of the 256 levels, which know nothing of their order. */
@Example("{kind: categorical}")
record CategoricalSpec() implements LikelihoodSpec {

    @Override
    public Family<?> family(Shape event, Head head) {
        return new CategoricalPixels(event, head);
    }

    /** Logits that rise with the level, as steeply as the mean asks for. */
    @Override
    public float[] parameterOf(float... mean) {
        float[] logits = new float[CategoricalLevels.LEVELS * mean.length];
        for (int i = 0; i < mean.length; i++) {
            double slope = ExponentialTilt.ofMean(mean[i]) / (CategoricalLevels.LEVELS - 1);
            for (int level = 0; level < CategoricalLevels.LEVELS; level++) {
                logits[level * mean.length + i] = (float) (slope * level);
            }
        }
        return logits;
    }
}
