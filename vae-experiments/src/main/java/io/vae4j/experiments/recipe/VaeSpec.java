package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.PriorSpec.Parts;
import io.vae4j.models.Vae;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One stochastic layer between an encoder and a decoder.
 *
 * @param latent the number of latent dimensions
 * @param network the networks on both sides
 * @param posterior q(z|x)
 * @param prior p(z)
 * @param likelihood p(x|z)
 */
@Example("""
        {kind: vae, latent: 2,
        network: {kind: dense, hidden: [6],
        activation: tanh,
        initialization: fan-in-uniform, outputBias: as-initialized},
        posterior: {kind: gaussian},
        prior: {kind: standard-normal}, likelihood: bernoulli}""")
public record VaeSpec(
        int latent, NetworkSpec network, PosteriorSpec posterior, PriorSpec prior, LikelihoodName likelihood)
        implements ModelSpec {

    public VaeSpec {
        Checks.atLeastOne("model.latent", latent);
    }

    @Override
    public Assembly assemble(ImageSet train) {
        Shape event = network.event(train.height(), train.width());
        Encoder encoder = network.encoder(event);
        Posterior q = posterior.posterior(latent, network.initialization());
        Parts parts = new Parts(latent, encoder, q, network.initialization(), likelihood, train, event);
        return new Assembly(new Vae(encoder, q, network.decoder(event, likelihood, train), prior.prior(parts)), event);
    }

    @Override
    public String title(long pixels) {
        return Stream.of("VAE " + network.title(pixels, latent), posterior.title(), prior.title())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Optional<String> klBySamples() {
        return posterior.klBySamples().or(prior::klBySamples);
    }

    @Override
    public Density density() {
        return posterior.density();
    }

    @Override
    public Optional<String> incompatibility(DataSpec data) {
        if (prior instanceof PriorSpec.ConditionalSpec && data.condition() == ConditionName.NONE) {
            return Optional.of("the prior is p(z|c) and there is no condition; set data.condition=label");
        }
        if (posterior instanceof PosteriorSpec.InverseAutoregressiveSpec flow && flow.hidden() < latent) {
            return Optional.of("model.posterior.hidden is " + flow.hidden() + "; set it to model.latent, " + latent
                    + ", or more, or some dimensions could not depend on others");
        }
        if (prior instanceof PriorSpec.VampSpec) {
            return density().incompatibility(Density.ANYWHERE, "a VampPrior");
        }
        return density() == Density.NONE && !(prior instanceof PriorSpec.StandardNormalSpec)
                ? Optional.of(
                        "a deterministic posterior leaves its prior untrained; set model.prior={kind: standard-normal}")
                : Optional.empty();
    }
}
