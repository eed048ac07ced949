package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Estimator;
import io.vae4j.core.objective.Reparameterised;

/** How the gradient is taken; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = EstimatorSpec.ReparameterisedSpec.class, name = "reparameterised"))
public sealed interface EstimatorSpec {

    Estimator estimator();

    /** One backward pass through the draws. */
    record ReparameterisedSpec() implements EstimatorSpec {

        @Override
        public Estimator estimator() {
            return new Reparameterised();
        }
    }
}
