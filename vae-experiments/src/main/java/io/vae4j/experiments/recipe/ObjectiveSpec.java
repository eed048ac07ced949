package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.objective.BetaTcVae;
import io.vae4j.core.objective.CapacityElbo;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.FreeBits;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import java.util.Optional;

/** What is minimized; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface ObjectiveSpec {

    /** More samples than any device holds at once. */
    long MOST_SAMPLES = 1_000_000;

    /** What is minimized, as a function of the steps already taken. */
    Schedule<Objective> over(Extent extent);

    /** What the samples must know of the posterior. */
    default Density needed() {
        return Density.NONE;
    }

    /** Why it cannot be had of a model; empty where it can. */
    default Optional<String> incompatibility(ModelSpec model) {
        return model.density().incompatibility(needed(), "the objective");
    }

    /** Why it cannot be had of such batches; empty where it can. */
    default Optional<String> incompatibility(TrainSpec train) {
        return Optional.empty();
    }

    /**
     * How much there is to train on.
     *
     * @param examples in the training set
     */
    record Extent(long examples, long stepsPerEpoch) {}

    /**
     * Minus the ELBO, with the KL weighted by beta.
     *
     * @param warmUp the epochs over which the weight rises from 0 to beta; 0 for none
     */
    @Example("{kind: elbo, beta: 2, samples: 2, warmUp: 0}")
    record ElboSpec(
            @Default("1") @Within("[0, 1e4]") double beta,
            @Default("1") @Within("[1, 1e5]") int samples,
            @Default("0") @Within("[0, 1e6]") int warmUp)
            implements ObjectiveSpec {

        public ElboSpec {
            KeyChecks.notNegative("objective.beta", beta);
            KeyChecks.atLeastOne("objective.samples", samples);
            KeyChecks.notNegative("objective.warmUp", warmUp);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return rising(beta, warmUp, extent).map(weight -> new Elbo(weight, samples));
        }
    }

    /** Minus the importance-weighted bound of k samples. */
    @Example("{kind: iwae, samples: 3}")
    record IwaeSpec(@Within("[1, 1e5]") int samples) implements ObjectiveSpec {

        public IwaeSpec {
            KeyChecks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return Schedule.constant(new Iwae(samples));
        }

        @Override
        public Density needed() {
            return Density.AT_DRAWS;
        }
    }

    /** Minus the mean of several importance-weighted bounds. */
    @Example("{kind: miwae, groups: 2, samplesEach: 2}")
    record MiwaeSpec(
            @Within("[1, 1e5]") int groups,
            @Within("[1, 1e5]") int samplesEach) implements ObjectiveSpec {

        public MiwaeSpec {
            KeyChecks.atLeastOne("objective.groups", groups);
            KeyChecks.atLeastOne("objective.samplesEach", samplesEach);
            KeyChecks.atMost("objective.groups * objective.samplesEach", (long) groups * samplesEach, MOST_SAMPLES);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return Schedule.constant(new Miwae(groups, samplesEach));
        }

        @Override
        public Density needed() {
            return Density.AT_DRAWS;
        }
    }

    /** Minus beta times the ELBO and (1 - beta) times the importance-weighted bound. */
    @Example("{kind: ciwae, beta: 0.4, samples: 3}")
    record CiwaeSpec(
            @Default("0.5") @Within("[0, 1]") double beta,
            @Within("[1, 1e5]") int samples) implements ObjectiveSpec {

        public CiwaeSpec {
            KeyChecks.share("objective.beta", beta);
            KeyChecks.atLeastOne("objective.samples", samples);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return Schedule.constant(new Ciwae(beta, samples));
        }

        @Override
        public Density needed() {
            return Density.AT_DRAWS;
        }
    }

    /**
     * The KL, as the batch's mean, held near a capacity in nats.
     *
     * @param warmUp the epochs over which the capacity rises from 0; 0 for none
     */
    @Example("{kind: capacity, gamma: 10, capacity: 2, warmUp: 0}")
    record CapacitySpec(
            @Within("[0, 1e6]") double gamma,
            @Within("[0, 1e5]") double capacity,
            @Default("0") @Within("[0, 1e6]") int warmUp)
            implements ObjectiveSpec {

        public CapacitySpec {
            KeyChecks.notNegative("objective.gamma", gamma);
            KeyChecks.notNegative("objective.capacity", capacity);
            KeyChecks.notNegative("objective.warmUp", warmUp);
        }

        @Override
        public Optional<String> incompatibility(ModelSpec model) {
            return model.klBySamples()
                    .map(reason -> "a capacity holds a KL that is known without samples, and " + reason
                            + "; set objective.kind=free-bits, or model.kind=vae with Gaussians");
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return rising(capacity, warmUp, extent)
                    .map(nats -> new CapacityElbo(gamma, nats, CapacityElbo.Held.BATCH_MEAN));
        }
    }

    /**
     * The ELBO with lambda free nats for each latent dimension, or for a layer as one where its KL is not known per
     * dimension; the KL is weighted by beta.
     *
     * @param warmUp the epochs over which the weight rises from 0 to beta; 0 for none
     */
    @Example("{kind: free-bits, lambda: 0.5, beta: 1, samples: 1, warmUp: 0}")
    record FreeBitsSpec(
            @Within("[0, 1e4]") double lambda,
            @Default("1") @Within("[0, 1e4]") double beta,
            @Default("1") @Within("[1, 1e5]") int samples,
            @Default("0") @Within("[0, 1e6]") int warmUp)
            implements ObjectiveSpec {

        public FreeBitsSpec {
            KeyChecks.notNegative("objective.lambda", lambda);
            KeyChecks.notNegative("objective.beta", beta);
            KeyChecks.atLeastOne("objective.samples", samples);
            KeyChecks.notNegative("objective.warmUp", warmUp);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return rising(beta, warmUp, extent).map(weight -> new FreeBits(lambda, weight, samples));
        }
    }

    /** The ELBO with its total correlation weighted by beta. */
    @Example("{kind: beta-tcvae, beta: 4}")
    record BetaTcVaeSpec(@Within("[0, 1e4]") double beta) implements ObjectiveSpec {

        public BetaTcVaeSpec {
            KeyChecks.notNegative("objective.beta", beta);
        }

        @Override
        public Schedule<Objective> over(Extent extent) {
            return Schedule.constant(new BetaTcVae(beta, extent.examples()));
        }

        @Override
        public Optional<String> incompatibility(ModelSpec model) {
            return ObjectiveRequirements.factorizedLayer("beta-tcvae", model);
        }

        @Override
        public Optional<String> incompatibility(TrainSpec train) {
            return ObjectiveRequirements.severalExamples("beta-tcvae", train);
        }
    }

    private static Schedule<Double> rising(double to, int epochs, Extent extent) {
        return epochs == 0 ? Schedule.constant(to) : Schedule.linear(0, to, epochs * extent.stepsPerEpoch());
    }
}
