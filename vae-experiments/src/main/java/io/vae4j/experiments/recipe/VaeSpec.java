package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.StandardNormalPrior;
import io.vae4j.models.Vae;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Gaussian;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A VAE of dense layers: D - hidden - latent - hidden mirrored - D.
 *
 * @param hidden the widths of the encoder's hidden layers, from the data on
 * @param latent the number of latent dimensions
 * @param activation of the hidden layers
 * @param initialisation of every dense layer
 * @param likelihood p(x|z)
 */
public record VaeSpec(
        List<Integer> hidden,
        int latent,
        Activation activation,
        Initialisation initialisation,
        LikelihoodName likelihood)
        implements ModelSpec {

    public VaeSpec {
        hidden = Checks.eachAtLeastOne("model.hidden", hidden);
        Checks.atLeastOne("model.latent", latent);
    }

    @Override
    public Assembly assemble(long dimensions) {
        Family<?> pixels = likelihood.family(new Shape(dimensions), initialisation);
        Vae vae = new Vae(
                new Mlp(hidden, activation, initialisation),
                new Gaussian(latent, initialisation),
                new NetworkDecoder(new Mlp(mirrored(), activation, initialisation), pixels),
                new StandardNormalPrior(latent));
        return new Assembly(vae, pixels);
    }

    @Override
    public String likelihoodTitle() {
        return likelihood.title();
    }

    /** The widths from data to data. */
    @Override
    public String title(long dimensions) {
        Stream<Integer> down = hidden.stream();
        Stream<Integer> up = mirrored().stream();
        String inside = Stream.of(down, Stream.of(latent), up)
                .flatMap(widths -> widths)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
        return "VAE " + dimensions + "-" + inside + "-" + dimensions;
    }

    private List<Integer> mirrored() {
        List<Integer> mirrored = new ArrayList<>(hidden);
        Collections.reverse(mirrored);
        return mirrored;
    }
}
