package io.vae4j.experiments.recipe;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.Within;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.ConditionalPrior;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.PseudoInputs;
import io.vae4j.models.prior.StandardNormalPrior;
import io.vae4j.models.prior.VampPrior;
import java.util.List;
import java.util.Optional;

/** p(z|c); the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface PriorSpec {

    /** The prior of the model that the parts belong to. */
    Prior prior(Parts parts);

    /** A word for titles, empty for N(0, I). */
    String title();

    /** Why the KL to it is known by samples only, whatever the posterior; empty where it has a closed form. */
    default Optional<String> klBySamples() {
        return Optional.empty();
    }

    /** Why it cannot be had with a posterior and with such data; empty where it can. */
    default Optional<String> incompatibility(PosteriorSpec posterior, DataSpec data) {
        return posterior.density() == Density.NONE
                ? Optional.of(
                        "a deterministic posterior leaves its prior untrained; set model.prior={kind: standard-normal}")
                : Optional.empty();
    }

    /**
     * What a prior may build on.
     *
     * @param latent the number of latent dimensions
     * @param event the shape of an example to the model
     */
    record Parts(
            int latent,
            Encoder encoder,
            Posterior posterior,
            Initialization initialization,
            LikelihoodSpec likelihood,
            ModelContext context,
            Shape event) {}

    /** N(0, I). */
    @Example("{kind: standard-normal}")
    record StandardNormalSpec() implements PriorSpec {

        @Override
        public Prior prior(Parts parts) {
            return new StandardNormalPrior(parts.latent());
        }

        @Override
        public String title() {
            return "";
        }

        /** It has nothing to learn. */
        @Override
        public Optional<String> incompatibility(PosteriorSpec posterior, DataSpec data) {
            return Optional.empty();
        }
    }

    /** A diagonal Gaussian whose mean and scale are learned. */
    @Example("{kind: learned-normal}")
    record LearnedNormalSpec() implements PriorSpec {

        @Override
        public Prior prior(Parts parts) {
            return new LearnedNormalPrior(parts.latent());
        }

        @Override
        public String title() {
            return "learned Gaussian prior";
        }
    }

    /** A mixture of Gaussians. */
    @Example("{kind: mixture, components: 3}")
    record MixtureSpec(int components) implements PriorSpec {

        public MixtureSpec {
            KeyChecks.atLeastOne("model.prior.components", components);
        }

        @Override
        public Prior prior(Parts parts) {
            return new MixturePrior(parts.latent(), components);
        }

        @Override
        public Optional<String> klBySamples() {
            return Optional.of("there is no closed KL to a mixture");
        }

        @Override
        public String title() {
            return "prior of " + components + " Gaussians";
        }
    }

    /**
     * The mixture of the posteriors of learned pseudo-inputs, which start around the mean of the data.
     *
     * @param noise their spread at the start, in logits
     */
    @Example("{kind: vamp, pseudoInputs: 3, noise: 0.5}")
    record VampSpec(
            @Default("500") int pseudoInputs,
            @Default("0.5") @Within("(0, 100]") double noise) implements PriorSpec {

        public VampSpec {
            KeyChecks.atLeastOne("model.prior.pseudoInputs", pseudoInputs);
            KeyChecks.positive("model.prior.noise", noise);
        }

        @Override
        public Prior prior(Parts parts) {
            try (NDManager scratch = NDManager.newBaseManager(Device.cpu())) {
                NDArray mean = scratch.create(parts.context().mean().get(), parts.event());
                PseudoInputs inputs = PseudoInputs.around(
                        mean, noise, pseudoInputs, parts.likelihood().support());
                return new VampPrior(parts.encoder(), parts.posterior(), inputs);
            }
        }

        @Override
        public Optional<String> klBySamples() {
            return Optional.of("there is no closed KL to a VampPrior");
        }

        @Override
        public String title() {
            return "VampPrior of " + pseudoInputs;
        }

        @Override
        public Optional<String> incompatibility(PosteriorSpec posterior, DataSpec data) {
            return posterior.density().incompatibility(Density.ANYWHERE, "a VampPrior");
        }
    }

    /**
     * A Gaussian whose parameters a network makes of the condition.
     *
     * @param hidden the widths of its hidden layers; none makes it linear
     */
    @Example("{kind: conditional, hidden: [5]}")
    record ConditionalSpec(@Default("[]") List<Integer> hidden) implements PriorSpec {

        public ConditionalSpec {
            hidden = KeyChecks.eachAtLeastOne("model.prior.hidden", hidden);
        }

        @Override
        public Prior prior(Parts parts) {
            return new ConditionalPrior(
                    new Mlp(hidden, Activation.RELU, parts.initialization()),
                    new Gaussian(parts.latent(), parts.initialization()));
        }

        @Override
        public String title() {
            return "p(z|c) learned";
        }

        @Override
        public Optional<String> incompatibility(PosteriorSpec posterior, DataSpec data) {
            return data.condition() == ConditionName.NONE
                    ? Optional.of("the prior is p(z|c) and there is no condition; set data.condition=label")
                    : PriorSpec.super.incompatibility(posterior, data);
        }
    }
}
