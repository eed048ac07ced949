package io.vae4j.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GrayPixels;
import io.vae4j.models.family.Head;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.InverseAutoregressive;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.hierarchical.Concatenation;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.PrecisionWeighting;
import io.vae4j.models.hierarchical.ResidualNormal;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.ConvolutionalFeatures;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.network.Upsampling;
import io.vae4j.models.posterior.Deterministic;
import io.vae4j.models.posterior.FlowPosterior;
import io.vae4j.models.prior.ConditionalPrior;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.PseudoInputs;
import io.vae4j.models.prior.StandardNormalPrior;
import io.vae4j.models.prior.VampPrior;
import io.vae4j.models.vq.AutoregressiveCodes;
import io.vae4j.models.vq.AutoregressiveTransformer;
import io.vae4j.models.vq.Codebook;
import io.vae4j.models.vq.CodebookStart;
import io.vae4j.models.vq.CodebookUpdate;
import io.vae4j.models.vq.Codes;
import io.vae4j.models.vq.ConditionalCodes;
import io.vae4j.models.vq.DeadCodeReset;
import io.vae4j.models.vq.FiniteScalarQuantizer;
import io.vae4j.models.vq.FiniteScalars;
import io.vae4j.models.vq.QuantizationGradient;
import io.vae4j.models.vq.UniformCodes;
import io.vae4j.models.vq.VectorQuantizer;
import java.util.List;
import java.util.function.BiFunction;

/** Small models of vectors of 6 pixels, for tests. */
final class Models {

    static final int PIXELS = 6;
    private static final Shape IMAGE = new Shape(1, 2, 3);
    private static final int CODES = 4;
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private Models() {}

    static Vae bernoulli() {
        return over(new BernoulliPixels(new Shape(PIXELS), START));
    }

    static Vae gray() {
        return over(new GrayPixels(new Shape(PIXELS), START));
    }

    /** A model with a likelihood that any head can end. */
    static Vae under(BiFunction<Shape, Head, Family<?>> likelihood) {
        return over(likelihood.apply(new Shape(PIXELS), new Head.Dense(START)));
    }

    static Vae learnedPrior() {
        return with(new LearnedNormalPrior(3));
    }

    /** Two stochastic layers by nesting: q(h1|x) q(h2|h1) and p(h2) p(h1|h2) p(x|h1). */
    static Vae twoLayers() {
        Vae top = new Vae(
                mlp(8),
                new Gaussian(2, START),
                new NetworkDecoder(mlp(8), new Gaussian(3, START)),
                new StandardNormalPrior(2));
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), top);
    }

    /** Three stochastic layers with top-down inference, merged in both ways. */
    static TopDownVae topDown() {
        LadderLayer lowest = new LadderLayer(
                mlp(8), mlp(7), new Gaussian(3, START), new Concatenation(mlp(8), new Gaussian(3, START)));
        LadderLayer middle =
                new LadderLayer(mlp(6), mlp(5), new Gaussian(2, START), new PrecisionWeighting(new Gaussian(2, START)));
        TopLayer top = new TopLayer(mlp(4), new Gaussian(2, START), new StandardNormalPrior(2));
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new TopDownVae(List.of(lowest, middle), top, new NetworkDecoder(mlp(8), pixels));
    }

    /** The same number of layers, each of which depends on all above it, as differences from the prior. */
    static TopDownVae topDownWithSkips() {
        LadderLayer lowest = new LadderLayer(
                mlp(8), mlp(7), new Gaussian(3, START), new ResidualNormal(mlp(8), new Gaussian(3, START)));
        LadderLayer middle = new LadderLayer(
                mlp(6), mlp(5), new Gaussian(2, START), new ResidualNormal(mlp(6), new Gaussian(2, START)));
        TopLayer top = new TopLayer(mlp(4), new Gaussian(2, START), new StandardNormalPrior(2));
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        NetworkDecoder decoder = new NetworkDecoder(mlp(8), pixels);
        return new TopDownVae(List.of(lowest, middle), top, decoder, TopDownPath.LATENTS_AND_FEATURES);
    }

    static Vae mixturePrior() {
        return with(new MixturePrior(3, 4));
    }

    /** Works with a condition only. */
    static Vae conditionalPrior() {
        return with(new ConditionalPrior(mlp(8), new Gaussian(3, START)));
    }

    static Vae vampPrior() {
        Mlp encoder = mlp(8);
        Gaussian posterior = new Gaussian(3, START);
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        Prior prior = new VampPrior(encoder, posterior, pseudoInputs(4));
        return new Vae(encoder, posterior, new NetworkDecoder(mlp(8), pixels), prior);
    }

    /** Pixels whose logits start at N(0, 1). */
    static PseudoInputs pseudoInputs(int count) {
        return new PseudoInputs(new Shape(count, PIXELS), Support.BINARY, new NormalInitializer(1));
    }

    /** A model with the prior of a test's own, over vectors of length 3. */
    static Vae with(Prior prior) {
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), prior);
    }

    static Vae fullCovariance() {
        return with(new FullGaussian(3, START));
    }

    static Vae planar() {
        return with(new FlowPosterior(new Gaussian(3, START), List.of(new Planar(3, START), new Planar(3, START))));
    }

    static Vae inverseAutoregressive() {
        List<Flow> flows = InverseAutoregressive.chain(2, 3, List.of(8), Activation.TANH, START);
        return with(new FlowPosterior(new FullGaussian(3, START), flows));
    }

    /** As recipes build it: gates that grow with what they read, by ReLU, and wider than z. */
    static Vae wideFlow() {
        List<Flow> flows = InverseAutoregressive.chain(2, 10, List.of(20), Activation.RELU, START);
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(
                mlp(8),
                new FlowPosterior(new Gaussian(10, START), flows),
                new NetworkDecoder(mlp(8), pixels),
                new StandardNormalPrior(10));
    }

    /** Images of 2 by 3 pixels, a convolutional encoder and decoder, and a vector between them. */
    static Vae convolutional() {
        Encoder encoder = new Sequential(List.of(new ConvolutionalEncoder(IMAGE, pyramid()), mlp(8)));
        Network network = ConvolutionalDecoderNetwork.fromVector(IMAGE, pyramid(), Upsampling.TRANSPOSED_CONVOLUTION);
        return new Vae(
                encoder, new Gaussian(3, START), new NetworkDecoder(network, maps()), new StandardNormalPrior(3));
    }

    /** The same with a grid of latents. */
    static Vae convolutionalGrid() {
        Shape z = new Shape(2).addAll(pyramid().coarsest(IMAGE).slice(1));
        Network network = ConvolutionalDecoderNetwork.fromGrid(IMAGE, pyramid(), Upsampling.RESIZE_AND_CONVOLVE);
        return new Vae(
                new ConvolutionalEncoder(IMAGE, pyramid()),
                new Gaussian(z, new Head.Convolved(2, 1, START)),
                new NetworkDecoder(network, maps()),
                new StandardNormalPrior(z));
    }

    private static Pyramid pyramid() {
        return new Pyramid(List.of(8), 1, Activation.TANH, START);
    }

    private static Family<?> maps() {
        return new BernoulliPixels(new Shape(PIXELS), new Head.Convolved(1, 3, START));
    }

    /** The plain autoencoder: it has no density, and goes with the ELBO alone. */
    static Vae autoencoder() {
        return with(new Deterministic(3, START));
    }

    /** Probabilistic PCA with an affine posterior. */
    static Vae linearGaussian() {
        return new LinearGaussian(new Shape(PIXELS), 3, new GlobalScale.Isotropic(1), START).withAffinePosterior();
    }

    /** A VQ-VAE whose codes follow the encoder's outputs by moving averages, under a uniform prior. */
    static Vae quantized() {
        Codebook codebook = codebook(new CodebookUpdate.ByMovingAverage());
        return quantized(codebook, QuantizationGradient.STRAIGHT_THROUGH, new UniformCodes(codebook));
    }

    /** A VQ-VAE whose codes learn by the gradient; the encoder's is rotated. */
    static Vae quantizedByGradient() {
        Codebook codebook = codebook(new CodebookUpdate.ByGradient());
        return quantized(codebook, QuantizationGradient.ROTATION, new UniformCodes(codebook));
    }

    /** A VQ-VAE with a learned prior over its codes. */
    static Vae quantizedWithLearnedPrior() {
        Codebook codebook = codebook(new CodebookUpdate.ByMovingAverage());
        AutoregressiveTransformer codes =
                new AutoregressiveTransformer(CODES, new AutoregressiveTransformer.Size(8, 2, 1), START);
        return quantized(codebook, QuantizationGradient.STRAIGHT_THROUGH, new AutoregressiveCodes(codebook, codes));
    }

    private static Codebook codebook(CodebookUpdate update) {
        return new Codebook(CODES, 3, update, new CodebookStart.Uniform(), new DeadCodeReset.After(20));
    }

    /** Images of 2 by 3 pixels and a grid of codes between encoder and decoder. */
    private static Vae quantized(Codebook codebook, QuantizationGradient gradient, Prior prior) {
        Network network = ConvolutionalDecoderNetwork.fromGrid(IMAGE, pyramid(), Upsampling.RESIZE_AND_CONVOLVE);
        return new Vae(
                new ConvolutionalEncoder(IMAGE, pyramid()),
                new VectorQuantizer(codebook, 0.25, gradient, START),
                new NetworkDecoder(network, maps()),
                prior);
    }

    /** Rounded numbers in place of a codebook, with a learned prior over what they may be. */
    static Vae finiteScalars() {
        FiniteScalars codes = new FiniteScalars(List.of(16, 15));
        Network network = ConvolutionalDecoderNetwork.fromGrid(IMAGE, pyramid(), Upsampling.RESIZE_AND_CONVOLVE);
        return new Vae(
                new ConvolutionalEncoder(IMAGE, pyramid()),
                new FiniteScalarQuantizer(codes, START),
                new NetworkDecoder(network, maps()),
                new AutoregressiveCodes(codes, transformer(codes)));
    }

    /** Two grids of codes, the lower one chosen and predicted given the upper one, and decoded with it. */
    static TopDownVae twoLevelsOfCodes() {
        Codebook below = codebook(new CodebookUpdate.ByMovingAverage());
        Codebook above = codebook(new CodebookUpdate.ByGradient());
        Shape maps = new Shape(8).addAll(IMAGE.slice(1));
        LadderLayer bottom = new LadderLayer(
                new Sequential(List.of(new ConvolutionalEncoder(IMAGE, pyramid()), enlarging(maps))),
                enlarging(maps),
                new ConditionalCodes(below, transformer(below), START),
                new Concatenation(new Sequential(List.of()), new VectorQuantizer(below, START)));
        TopLayer top = new TopLayer(
                new ConvolutionalEncoder(maps, pyramid()),
                new VectorQuantizer(above, START),
                new AutoregressiveCodes(above, transformer(above)));
        Network network = new ConvolutionalFeatures(List.of(8), Activation.TANH, START);
        NetworkDecoder decoder = new NetworkDecoder(network, maps());
        return new TopDownVae(List.of(bottom), top, decoder, TopDownPath.LATENTS_AND_FEATURES);
    }

    private static Network enlarging(Shape maps) {
        return ConvolutionalDecoderNetwork.fromGrid(maps, pyramid(), Upsampling.RESIZE_AND_CONVOLVE);
    }

    private static AutoregressiveTransformer transformer(Codes codes) {
        return new AutoregressiveTransformer(codes.count(), new AutoregressiveTransformer.Size(8, 2, 1), START);
    }

    /** Two grids of Gaussian latents. */
    static TopDownVae topDownMaps() {
        Shape lower = pyramid().coarsest(IMAGE);
        Shape z = new Shape(2).addAll(lower.slice(1));
        Shape h = new Shape(2).addAll(pyramid().coarsest(lower).slice(1));
        ResidualNormal posterior =
                new ResidualNormal(new ConvolutionalFeatures(List.of(4), Activation.TANH, START), gaussianMaps(z));
        LadderLayer bottom = new LadderLayer(
                new ConvolutionalEncoder(IMAGE, pyramid()),
                ConvolutionalDecoderNetwork.fromGrid(lower, pyramid(), Upsampling.RESIZE_AND_CONVOLVE),
                gaussianMaps(z),
                posterior);
        TopLayer top =
                new TopLayer(new ConvolutionalEncoder(lower, pyramid()), gaussianMaps(h), new StandardNormalPrior(h));
        Network network = ConvolutionalDecoderNetwork.fromGrid(IMAGE, pyramid(), Upsampling.RESIZE_AND_CONVOLVE);
        NetworkDecoder decoder = new NetworkDecoder(network, maps());
        return new TopDownVae(List.of(bottom), top, decoder, TopDownPath.LATENTS_AND_FEATURES);
    }

    private static Gaussian gaussianMaps(Shape z) {
        return new Gaussian(z, new Head.Convolved(2, 3, START));
    }

    /** A model with the posterior of a test's own. */
    static Vae with(Posterior posterior) {
        Family<?> pixels = new BernoulliPixels(new Shape(PIXELS), START);
        return new Vae(mlp(8), posterior, new NetworkDecoder(mlp(8), pixels), new StandardNormalPrior(3));
    }

    /** A model with the likelihood of a test's own. */
    static Vae over(Family<?> pixels) {
        return new Vae(mlp(8), new Gaussian(3, START), new NetworkDecoder(mlp(8), pixels), new StandardNormalPrior(3));
    }

    private static Mlp mlp(int width) {
        return new Mlp(List.of(width), Activation.TANH, START);
    }
}
