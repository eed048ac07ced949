package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.NetworkSpec.ConvolutionalSpec;
import io.vae4j.experiments.recipe.QuantizerSpec.Quantizer;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Upsampling;
import java.util.List;
import java.util.Optional;

/**
 * The VQ-VAE: a convolutional encoder, the nearest codes, a decoder, and a prior over the grid of codes.
 *
 * @param channels of each feature map, from the image on, each half the size of the one before
 * @param residualBlocks at the coarsest feature map, whose positions are those of the codes
 * @param quantizer from vectors to codes
 */
@Example("""
        {kind: vq-vae, channels: [4, 4], residualBlocks: 0,
        quantizer: {kind: codebook,
        codebook: {count: 4, dimensions: 2, update: by-gradient, decay: 0.99, start: uniform, restartAfter: 0},
        commitment: 0.25, gradient: straight-through},
        prior: {kind: uniform},
        upsampling: transposed-convolution,
        activation: relu,
        initialization: he-normal, likelihood: bernoulli}""")
public record VqVaeSpec(
        @Example("[32, 64]") List<Integer> channels,
        @Default("0") int residualBlocks,
        QuantizerSpec quantizer,
        @Default("uniform") CodePriorSpec prior,
        @Default("transposed-convolution") Upsampling upsampling,
        @Default("relu") Activation activation,
        @Default("he-normal") Initialization initialization,
        LikelihoodSpec likelihood)
        implements ModelSpec {

    public VqVaeSpec {
        channels = ConvolutionalSpec.checkedChannels("model.channels", channels);
        KeyChecks.notNegative("model.residualBlocks", residualBlocks);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape event = ConvolutionalSpec.requireImage(context.data().event());
        Pyramid pyramid = new Pyramid(channels, residualBlocks, activation, initialization);
        Quantizer quantization = quantizer.quantizer(initialization);
        Family<?> output = likelihood.family(event, ConvolutionalSpec.head(event, initialization));
        Vae model = new Vae(
                new ConvolutionalEncoder(event, pyramid),
                quantization.posterior(),
                new NetworkDecoder(ConvolutionalDecoderNetwork.fromGrid(event, pyramid, upsampling), output),
                prior.prior(quantization.codes(), initialization));
        return new Assembly(model, event);
    }

    @Override
    public String title(long dimensions) {
        return "VQ-VAE " + dimensions + "-conv" + channels + "-" + quantizer.title() + ", " + prior.title();
    }

    @Override
    public boolean hasCodes() {
        return true;
    }

    /** log q of codes is a probability, which the samples have. */
    @Override
    public Optional<String> misfit(Shape event) {
        return ConvolutionalSpec.tooOftenHalved(event, channels.size(), "model.channels");
    }

    @Override
    public Density density() {
        return Density.AT_DRAWS;
    }
}
