package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.CapacityElbo;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.FreeBits;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;

/** What is minimised; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ObjectiveSpec.ElboSpec.class, name = "elbo"),
    @JsonSubTypes.Type(value = ObjectiveSpec.IwaeSpec.class, name = "iwae"),
    @JsonSubTypes.Type(value = ObjectiveSpec.MiwaeSpec.class, name = "miwae"),
    @JsonSubTypes.Type(value = ObjectiveSpec.CiwaeSpec.class, name = "ciwae"),
    @JsonSubTypes.Type(value = ObjectiveSpec.CapacitySpec.class, name = "capacity"),
    @JsonSubTypes.Type(value = ObjectiveSpec.FreeBitsSpec.class, name = "free-bits")
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

    /** Minus the mean of several importance-weighted bounds. */
    record MiwaeSpec(int groups, int samplesEach) implements ObjectiveSpec {

        public MiwaeSpec {
            Checks.atLeastOne("objective.groups", groups);
            Checks.atLeastOne("objective.samplesEach", samplesEach);
        }

        @Override
        public Objective objective() {
            return new Miwae(groups, samplesEach);
        }
    }

    /** Minus beta times the ELBO and (1 - beta) times the importance-weighted bound. */
    record CiwaeSpec(double beta, int samples) implements ObjectiveSpec {

        public CiwaeSpec {
            Checks.share("objective.beta", beta);
            Checks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Objective objective() {
            return new Ciwae(beta, samples);
        }
    }

    /** The KL, as the batch's mean, held near a capacity in nats. */
    record CapacitySpec(double gamma, double capacity) implements ObjectiveSpec {

        public CapacitySpec {
            Checks.notNegative("objective.gamma", gamma);
            Checks.notNegative("objective.capacity", capacity);
        }

        @Override
        public Objective objective() {
            return new CapacityElbo(gamma, capacity, CapacityElbo.Held.BATCH_MEAN);
        }
    }

    /** The ELBO with lambda free nats for each latent dimension. */
    record FreeBitsSpec(double lambda, int samples) implements ObjectiveSpec {

        public FreeBitsSpec {
            Checks.notNegative("objective.lambda", lambda);
            Checks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Objective objective() {
            return new FreeBits(lambda, samples);
        }
    }
}
