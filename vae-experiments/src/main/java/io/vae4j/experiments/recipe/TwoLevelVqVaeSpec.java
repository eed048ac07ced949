package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.NetworkSpec.ConvolutionalSpec;
import io.vae4j.experiments.recipe.QuantizerSpec.Quantizer;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.hierarchical.Concatenation;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.network.Upsampling;
import java.util.List;
import java.util.Optional;

/**
 * The VQ-VAE-2 of two levels: a grid of codes at the top, and a grid of twice the size below it, whose codes are chosen
 * and predicted given the top's; the decoder reads both.
 *
 * @param channels of each feature map up to the lower codes, from the image on, each half the size of the one before
 * @param topChannels of the feature map of the top's codes, half the size again
 * @param residualBlocks at the feature maps of both grids
 * @param quantizer of both levels, each with codes of its own
 * @param prior over the top's codes, and over the lower ones given these
 */
@Example("""
        {kind: vq-vae-2, channels: [4], topChannels: 4, residualBlocks: 0,
        quantizer: {kind: codebook,
        codebook: {count: 4, dimensions: 2, update: by-gradient, decay: 0.99, start: uniform, restartAfter: 0},
        commitment: 0.25, gradient: straight-through},
        prior: {kind: uniform},
        upsampling: transposed-convolution,
        activation: relu,
        initialization: he-normal, likelihood: bernoulli}""")
public record TwoLevelVqVaeSpec(
        @Example("[32, 64]") List<Integer> channels,
        int topChannels,
        @Default("0") int residualBlocks,
        QuantizerSpec quantizer,
        @Default("uniform") CodePriorSpec prior,
        @Default("transposed-convolution") Upsampling upsampling,
        @Default("relu") Activation activation,
        @Default("he-normal") Initialization initialization,
        LikelihoodSpec likelihood)
        implements ModelSpec {

    public TwoLevelVqVaeSpec {
        channels = ConvolutionalSpec.checkedChannels("model.channels", channels);
        KeyChecks.atLeastOne("model.topChannels", topChannels);
        KeyChecks.notNegative("model.residualBlocks", residualBlocks);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape image = ConvolutionalSpec.requireImage(context.data().event());
        Pyramid lower = pyramid(channels);
        Pyramid upper = pyramid(List.of(topChannels));
        Shape maps = lower.coarsest(image);
        Quantizer below = quantizer.quantizer(initialization);
        Quantizer above = quantizer.quantizer(initialization);
        Network identity = new Sequential(List.of());
        LadderLayer bottom = new LadderLayer(
                new ConvolutionalEncoder(image, lower),
                ConvolutionalDecoderNetwork.fromGrid(maps, upper, upsampling),
                prior.given(below.codes(), initialization),
                new Concatenation(identity, below.posterior()));
        TopLayer top = new TopLayer(
                new ConvolutionalEncoder(maps, upper), above.posterior(), prior.prior(above.codes(), initialization));
        Family<?> pixels = likelihood.family(image, ConvolutionalSpec.head(image, initialization));
        NetworkDecoder decoder =
                new NetworkDecoder(ConvolutionalDecoderNetwork.fromGrid(image, lower, upsampling), pixels);
        return new Assembly(new TopDownVae(List.of(bottom), top, decoder, TopDownPath.LATENTS_AND_FEATURES), image);
    }

    private Pyramid pyramid(List<Integer> widths) {
        return new Pyramid(widths, residualBlocks, activation, initialization);
    }

    @Override
    public String title(long dimensions) {
        return "VQ-VAE-2 " + dimensions + "-conv" + channels + "-" + topChannels + ", two levels of "
                + quantizer.title() + ", " + prior.title();
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
