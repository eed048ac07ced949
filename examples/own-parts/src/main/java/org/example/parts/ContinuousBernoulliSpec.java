package org.example.parts;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.LikelihoodSpec;
import io.vae4j.models.family.Head;

/** {@code likelihood: continuous-bernoulli}. */
@Example("{kind: continuous-bernoulli}")
public record ContinuousBernoulliSpec() implements LikelihoodSpec {

    @Override
    public Family<?> family(Shape event, Head head) {
        return new ContinuousBernoulliPixels(event, head);
    }
}
