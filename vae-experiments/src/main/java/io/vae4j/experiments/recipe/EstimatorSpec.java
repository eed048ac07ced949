package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.DoublyReparameterised;
import io.vae4j.core.objective.Estimator;
import io.vae4j.core.objective.Reparameterised;
import io.vae4j.core.objective.ResampledBackward;
import io.vae4j.core.objective.StickingTheLanding;

/** How the gradient is taken; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EstimatorSpec.ReparameterisedSpec.class, name = "reparameterised"),
    @JsonSubTypes.Type(value = EstimatorSpec.StickingTheLandingSpec.class, name = "sticking-the-landing"),
    @JsonSubTypes.Type(value = EstimatorSpec.DoublyReparameterisedSpec.class, name = "doubly-reparameterised"),
    @JsonSubTypes.Type(value = EstimatorSpec.ResampledSpec.class, name = "resampled")
})
public sealed interface EstimatorSpec {

    Estimator estimator();

    /** What it must know of the posterior. */
    default Density needed() {
        return Density.NONE;
    }

    /** One backward pass through the draws. */
    @Example("{kind: reparameterised}")
    record ReparameterisedSpec() implements EstimatorSpec {

        @Override
        public Estimator estimator() {
            return new Reparameterised();
        }
    }

    /** The parameters inside log q held constant. */
    @Example("{kind: sticking-the-landing}")
    record StickingTheLandingSpec() implements EstimatorSpec {

        @Override
        public Estimator estimator() {
            return new StickingTheLanding();
        }

        @Override
        public Density needed() {
            return Density.ANYWHERE;
        }
    }

    /** Squared importance weights for the encoder. */
    @Example("{kind: doubly-reparameterised}")
    record DoublyReparameterisedSpec() implements EstimatorSpec {

        @Override
        public Estimator estimator() {
            return new DoublyReparameterised();
        }

        @Override
        public Density needed() {
            return Density.ANYWHERE;
        }
    }

    /** A backward pass for one draw, chosen by its importance weight. */
    @Example("{kind: resampled}")
    record ResampledSpec() implements EstimatorSpec {

        @Override
        public Estimator estimator() {
            return new ResampledBackward();
        }

        @Override
        public Density needed() {
            return Density.AT_DRAWS;
        }
    }
}
