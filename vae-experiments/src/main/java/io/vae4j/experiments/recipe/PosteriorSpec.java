package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Posterior;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.InverseAutoregressive;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.posterior.Deterministic;
import io.vae4j.models.posterior.FlowPosterior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The family of q(z|x); the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface PosteriorSpec {

    /** Of what a Gaussian becomes by flows. */
    String NO_CLOSED_KL = "a flow has no closed KL";

    /** The family over vectors of a length. */
    Posterior posterior(int latent, Initialization initialization);

    /** Where its density is known. */
    Density density();

    /** A word for titles, empty for the ordinary Gaussian. */
    String title();

    /** Whether the dimensions of z are independent. */
    default boolean isFactorized() {
        return false;
    }

    /** Why it cannot be had over vectors of a length; empty where it can. */
    default Optional<String> incompatibility(int latent) {
        return Optional.empty();
    }

    /** Why its KL is known by samples only, whatever the prior; empty where it has a closed form. */
    default Optional<String> klBySamples() {
        return Optional.empty();
    }

    /** A Gaussian with a diagonal covariance. */
    @Example("{kind: gaussian}")
    record GaussianSpec() implements PosteriorSpec {

        @Override
        public Posterior posterior(int latent, Initialization initialization) {
            return new Gaussian(latent, initialization);
        }

        @Override
        public Density density() {
            return Density.ANYWHERE;
        }

        @Override
        public String title() {
            return "";
        }

        @Override
        public boolean isFactorized() {
            return true;
        }
    }

    /** A Gaussian with a full covariance. */
    @Example("{kind: full-gaussian}")
    record FullGaussianSpec() implements PosteriorSpec {

        @Override
        public Posterior posterior(int latent, Initialization initialization) {
            return new FullGaussian(latent, initialization);
        }

        @Override
        public Density density() {
            return Density.ANYWHERE;
        }

        @Override
        public String title() {
            return "full covariance";
        }
    }

    /** No noise: the autoencoder. */
    @Example("{kind: deterministic}")
    record DeterministicSpec() implements PosteriorSpec {

        @Override
        public Posterior posterior(int latent, Initialization initialization) {
            return new Deterministic(latent, initialization);
        }

        @Override
        public Density density() {
            return Density.NONE;
        }

        @Override
        public String title() {
            return "deterministic";
        }
    }

    /** Planar flows over a diagonal Gaussian. */
    @Example("{kind: planar-flow, flows: 2}")
    record PlanarSpec(int flows) implements PosteriorSpec {

        public PlanarSpec {
            KeyChecks.atLeastOne("model.posterior.flows", flows);
        }

        @Override
        public Posterior posterior(int latent, Initialization initialization) {
            List<Flow> chain = Stream.<Flow>generate(() -> new Planar(latent, initialization))
                    .limit(flows)
                    .toList();
            return over(latent, initialization, chain);
        }

        @Override
        public Density density() {
            return Density.AT_DRAWS;
        }

        @Override
        public Optional<String> klBySamples() {
            return Optional.of(NO_CLOSED_KL);
        }

        @Override
        public String title() {
            return flows + " planar flows";
        }
    }

    /**
     * Inverse autoregressive flows over a diagonal Gaussian.
     *
     * @param hidden the width of each flow's network, at least the number of latent dimensions
     */
    @Example("{kind: inverse-autoregressive-flow, flows: 2, hidden: 6}")
    record InverseAutoregressiveSpec(int flows, int hidden) implements PosteriorSpec {

        public InverseAutoregressiveSpec {
            KeyChecks.atLeastOne("model.posterior.flows", flows);
            KeyChecks.atLeastOne("model.posterior.hidden", hidden);
        }

        @Override
        public Posterior posterior(int latent, Initialization initialization) {
            return over(
                    latent,
                    initialization,
                    InverseAutoregressive.chain(flows, latent, List.of(hidden), Activation.RELU, initialization));
        }

        @Override
        public Density density() {
            return Density.ANYWHERE;
        }

        @Override
        public Optional<String> klBySamples() {
            return Optional.of(NO_CLOSED_KL);
        }

        @Override
        public String title() {
            return flows + " inverse autoregressive flows";
        }

        @Override
        public Optional<String> incompatibility(int latent) {
            return hidden < latent
                    ? Optional.of("model.posterior.hidden is " + hidden + "; set it to model.latent, " + latent
                            + ", or more, or some dimensions could not depend on others")
                    : Optional.empty();
        }
    }

    private static Posterior over(int latent, Initialization initialization, List<Flow> flows) {
        return new FlowPosterior(new Gaussian(latent, initialization), flows);
    }
}
