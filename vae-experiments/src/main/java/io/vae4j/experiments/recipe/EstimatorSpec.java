package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.experiments.Example;

/** How the gradient is taken; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface EstimatorSpec {

    GradientEstimator estimator();

    /** What it must know of the posterior. */
    default Density needed() {
        return Density.NONE;
    }

    /** One backward pass through the samples. */
    @Example("{kind: pathwise}")
    record PathwiseSpec() implements EstimatorSpec {

        @Override
        public GradientEstimator estimator() {
            return new PathwiseGradient();
        }
    }

    /** The parameters inside log q held constant. */
    @Example("{kind: sticking-the-landing}")
    record StickingTheLandingSpec() implements EstimatorSpec {

        @Override
        public GradientEstimator estimator() {
            return new StickingTheLanding();
        }

        @Override
        public Density needed() {
            return Density.ANYWHERE;
        }
    }

    /** Squared importance weights for the encoder. */
    @Example("{kind: doubly-reparameterized}")
    record DoublyReparameterizedSpec() implements EstimatorSpec {

        @Override
        public GradientEstimator estimator() {
            return new DoublyReparameterized();
        }

        @Override
        public Density needed() {
            return Density.ANYWHERE;
        }
    }

    /** A backward pass for one sample, chosen by its importance weight. */
    @Example("{kind: resampled}")
    record ResampledSpec() implements EstimatorSpec {

        @Override
        public GradientEstimator estimator() {
            return new ResampledBackward();
        }

        @Override
        public Density needed() {
            return Density.AT_DRAWS;
        }
    }
}
