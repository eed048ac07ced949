package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Prior;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.experiments.recipe.NetworkSpec.DenseSpec;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.StandardNormalPrior;
import io.vae4j.models.Vae;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Gaussian;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several stochastic layers of dense networks, {@code p(h_L) ... p(h_1|h_2) p(x|h_1)}.
 *
 * @param layers from the image upwards
 */
public record DeepVaeSpec(
        List<LayerSpec> layers, Activation activation, Initialisation initialisation, LikelihoodName likelihood)
        implements ModelSpec {

    /**
     * One stochastic layer.
     *
     * @param hidden the widths between the layer below and this one, upwards
     * @param latent the number of its dimensions
     */
    public record LayerSpec(List<Integer> hidden, int latent) {

        public LayerSpec {
            hidden = Checks.eachAtLeastOne("model.layers.hidden", hidden);
            Checks.atLeastOne("model.layers.latent", latent);
        }
    }

    public DeepVaeSpec {
        if (layers.isEmpty()) {
            throw new InvalidInput("model.layers is empty", "recipe", "give at least one {hidden: [200], latent: 50}");
        }
        layers = List.copyOf(layers);
    }

    @Override
    public Assembly assemble(ImageSet train) {
        Shape event = new Shape((long) train.height() * train.width());
        Prior top = new StandardNormalPrior(layers.get(layers.size() - 1).latent());
        for (int i = layers.size() - 1; i > 0; i--) {
            Decoder below =
                    new NetworkDecoder(down(i), new Gaussian(layers.get(i - 1).latent(), initialisation));
            top = layer(i, below, top);
        }
        Decoder pixels = network(0).decoder(event, likelihood);
        return new Assembly(layer(0, pixels, top), event);
    }

    private Vae layer(int i, Decoder decoder, Prior prior) {
        Gaussian posterior = new Gaussian(layers.get(i).latent(), initialisation);
        return new Vae(new Mlp(layers.get(i).hidden(), activation, initialisation), posterior, decoder, prior);
    }

    private Mlp down(int i) {
        return new Mlp(network(i).mirrored(), activation, initialisation);
    }

    private DenseSpec network(int i) {
        return new DenseSpec(layers.get(i).hidden(), activation, initialisation);
    }

    @Override
    public String title(long pixels) {
        String inside = layers.stream()
                .map(layer -> layer.hidden().stream().map(String::valueOf).collect(Collectors.joining("-")) + "-["
                        + layer.latent() + "]")
                .collect(Collectors.joining("-"));
        return "deep VAE " + pixels + "-" + inside;
    }

    @Override
    public Density density() {
        return Density.ANYWHERE;
    }
}
