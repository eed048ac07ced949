package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.NetworkSpec.ConvolutionalSpec;
import io.vae4j.experiments.recipe.TopDownPosteriorSpec.LayerParts;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.ConvolutionalFeatures;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several stochastic layers of feature maps, each of half the size of the one below it, inferred from the top.
 *
 * @param layers from the data upwards
 * @param posterior of the layers below the top
 * @param path what a layer reads of those above it
 */
@Example("""
        {kind: deep-convolutional,
        layers: [{channels: 4, residualBlocks: 1, latent: 1}, {channels: 5, residualBlocks: 0, latent: 2}],
        posterior: precision-weighting, path: latents-and-features,
        upsampling: resize-and-convolve, activation: relu, initialization: he-normal, likelihood: bernoulli}""")
public record DeepConvolutionalSpec(
        List<MapSpec> layers,
        @Default("precision-weighting") TopDownPosteriorSpec posterior,
        @Default("latents-and-features") TopDownPath path,
        @Default("transposed-convolution") Upsampling upsampling,
        @Default("relu") Activation activation,
        @Default("he-normal") Initialization initialization,
        LikelihoodSpec likelihood)
        implements ModelSpec {

    /** The size of the convolutions that make means and scales. */
    private static final int HEAD = 3;

    /**
     * One stochastic layer.
     *
     * @param channels of its feature maps
     * @param residualBlocks at its size, on the way up and on the way down
     * @param latent the channels of its latents
     */
    public record MapSpec(int channels, @Default("0") int residualBlocks, int latent) {

        public MapSpec {
            KeyChecks.atLeastOne("model.layers.channels", channels);
            KeyChecks.notNegative("model.layers.residualBlocks", residualBlocks);
            KeyChecks.atLeastOne("model.layers.latent", latent);
        }
    }

    public DeepConvolutionalSpec {
        if (layers.isEmpty()) {
            throw new InvalidInput("model.layers is empty", "recipe", "give at least one {channels: 32, latent: 4}");
        }
        layers = List.copyOf(layers);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape image = ConvolutionalSpec.requireImage(context.data().event());
        List<LadderLayer> ladder =
                IntStream.range(0, last()).mapToObj(i -> ladderLayer(i, image)).toList();
        Gaussian highest = gaussian(last(), image, initialization);
        TopLayer top = new TopLayer(up(last(), image), highest, new StandardNormalPrior(latent(last(), image)));
        Family<?> pixels = likelihood.family(image, ConvolutionalSpec.head(image, initialization));
        Decoder decoder = new NetworkDecoder(down(0, image), pixels);
        return new Assembly(new TopDownVae(ladder, top, decoder, path), image);
    }

    private LadderLayer ladderLayer(int i, Shape image) {
        LayerParts parts = new LayerParts(
                () -> new ConvolutionalFeatures(List.of(layers.get(i).channels()), activation, initialization),
                start -> gaussian(i, image, start),
                initialization);
        return new LadderLayer(
                up(i, image), down(i + 1, image), gaussian(i, image, initialization), posterior.posterior(parts));
    }

    private int last() {
        return layers.size() - 1;
    }

    private Encoder up(int i, Shape image) {
        return new ConvolutionalEncoder(below(i, image), pyramid(i));
    }

    /** From what is read at the size of layer i to features of the size below it. */
    private ConvolutionalDecoderNetwork down(int i, Shape image) {
        return ConvolutionalDecoderNetwork.fromGrid(below(i, image), pyramid(i), upsampling);
    }

    private Gaussian gaussian(int i, Shape image, Initialization start) {
        Shape event = latent(i, image);
        return new Gaussian(event, new Head.Convolved(event.get(0), HEAD, start));
    }

    private Shape latent(int i, Shape image) {
        return new Shape(layers.get(i).latent()).addAll(maps(i, image).slice(1));
    }

    /** The feature maps of layer i. */
    private Shape maps(int i, Shape image) {
        return pyramid(i).coarsest(below(i, image));
    }

    private Shape below(int i, Shape image) {
        return i == 0 ? image : maps(i - 1, image);
    }

    private Pyramid pyramid(int i) {
        MapSpec layer = layers.get(i);
        return new Pyramid(List.of(layer.channels()), layer.residualBlocks(), activation, initialization);
    }

    @Override
    public String title(long dimensions) {
        String inside = layers.stream()
                .map(layer -> layer.channels() + "-[" + layer.latent() + "]")
                .collect(Collectors.joining("-"));
        return "deep convolutional VAE " + dimensions + "-" + inside + ", inferred from the top";
    }

    @Override
    public Optional<String> klBySamples() {
        return Optional.of("that of a deep model depends on the samples of its upper layers");
    }

    @Override
    public Optional<String> misfit(Shape event) {
        return ConvolutionalSpec.tooOftenHalved(event, layers.size(), "model.layers");
    }

    @Override
    public Density density() {
        return Density.ANYWHERE;
    }
}
