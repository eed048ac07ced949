package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;

/** What is minimised; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ObjectiveSpec.ElboSpec.class, name = "elbo"),
    @JsonSubTypes.Type(value = ObjectiveSpec.IwaeSpec.class, name = "iwae")
})
public sealed interface ObjectiveSpec {

    Objective objective();

    /** Minus the ELBO, with the KL weighted by beta. */
    record ElboSpec(double beta, int samples) implements ObjectiveSpec {

        public ElboSpec {
            Checks.notNegative("objective.beta", beta);
            Checks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Objective objective() {
            return new Elbo(beta, samples);
        }
    }

    /** Minus the importance-weighted bound of k samples. */
    record IwaeSpec(int samples) implements ObjectiveSpec {

        public IwaeSpec {
            Checks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Objective objective() {
            return new Iwae(samples);
        }
    }
}
