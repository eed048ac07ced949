package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Posterior;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
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
        int latent,
        NetworkSpec network,
        @Default("gaussian") PosteriorSpec posterior,
        @Default("standard-normal") PriorSpec prior,
        LikelihoodSpec likelihood)
        implements ModelSpec {

    public VaeSpec {
        KeyChecks.atLeastOne("model.latent", latent);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape event = network.event(context.data().event());
        Encoder encoder = network.encoder(event);
        Posterior q = posterior.posterior(latent, network.initialization());
        Parts parts = new Parts(latent, encoder, q, network.initialization(), likelihood, context, event);
        return new Assembly(
                new Vae(encoder, q, network.decoder(event, likelihood, context), prior.prior(parts)), event);
    }

    @Override
    public String title(long dimensions) {
        return Stream.of("VAE " + network.title(dimensions, latent), posterior.title(), prior.title())
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
        return posterior.incompatibility(latent).or(() -> prior.incompatibility(posterior, data));
    }

    @Override
    public Optional<String> misfit(Shape event) {
        return network.misfit(event);
    }

    @Override
    public boolean isFactorized() {
        return posterior.isFactorized();
    }
}
