package org.example.parts;

import io.vae4j.core.model.Prior;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.PriorSpec;
import java.util.Optional;

/** {@code prior: laplace}. */
@Example("{kind: laplace}")
public record LaplacePriorSpec() implements PriorSpec {

    @Override
    public Prior prior(Parts parts) {
        return new LaplacePrior(parts.latent());
    }

    @Override
    public String title() {
        return "Laplace prior";
    }

    @Override
    public Optional<String> klBySamples() {
        return Optional.of("there is no closed KL from a Gaussian to a Laplace distribution");
    }
}
