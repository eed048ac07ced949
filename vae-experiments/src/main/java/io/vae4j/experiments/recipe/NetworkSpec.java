package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.ConvolutionalDecoderNetwork;
import io.vae4j.models.network.ConvolutionalEncoder;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Pyramid;
import io.vae4j.models.network.Sequential;
import io.vae4j.models.network.Upsampling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks between the data and z, both ways; the key {@code kind} chooses them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface NetworkSpec {

    /** How the heads on top of the networks start. */
    Initialization initialization();

    /**
     * The shape in which the networks take an example.
     *
     * @param data the shape in which the data come
     * @throws InvalidInput if there are no such networks for it
     */
    Shape event(Shape data);

    /** From the data to features. */
    Encoder encoder(Shape event);

    /** From z to p(x|z). */
    Decoder decoder(Shape event, LikelihoodSpec likelihood, ModelContext context);

    /**
     * Why new networks should not be trained on such data, although they could be; empty where nothing speaks against
     * it.
     */
    default Optional<String> misfit(Shape data) {
        return Optional.empty();
    }

    /** How titles write it down around the latent, as in "784-400-20-400-784". */
    String title(long dimensions, int latent);

    /**
     * Dense layers, mirrored in the decoder.
     *
     * @param hidden the widths of the encoder's hidden layers, from the data on
     * @param outputBias of the layer that makes the data
     */
    @Example("""
            {kind: dense, hidden: [6],
            activation: tanh,
            initialization: fan-in-uniform, outputBias: as-initialized}""")
    record DenseSpec(
            List<Integer> hidden,
            @Default("relu") Activation activation,
            @Default("fan-in-uniform") Initialization initialization,
            @Default("as-initialized") OutputBias outputBias)
            implements NetworkSpec {

        public DenseSpec {
            hidden = KeyChecks.eachAtLeastOne("model.network.hidden", hidden);
        }

        @Override
        public Shape event(Shape data) {
            return new Shape(data.size());
        }

        @Override
        public Encoder encoder(Shape event) {
            return new Mlp(hidden, activation, initialization);
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodSpec likelihood, ModelContext context) {
            Family<?> pixels = likelihood.family(event, outputBias.head(initialization, likelihood, context));
            return new NetworkDecoder(new Mlp(mirrored(), activation, initialization), pixels);
        }

        @Override
        public String title(long dimensions, int latent) {
            return Stream.of(
                            Stream.of(dimensions),
                            hidden.stream(),
                            Stream.of(latent),
                            mirrored().stream(),
                            Stream.of(dimensions))
                    .flatMap(widths -> widths.map(String::valueOf))
                    .collect(Collectors.joining("-"));
        }

        /** The decoder's widths, from the latent on. */
        List<Integer> mirrored() {
            List<Integer> mirrored = new ArrayList<>(hidden);
            Collections.reverse(mirrored);
            return mirrored;
        }
    }

    /**
     * Convolutions that halve the image, residual blocks, and a dense layer on the way to z; the decoder takes the same
     * way back.
     *
     * @param channels of each feature map, from the image on
     * @param residualBlocks at the coarsest feature map
     * @param features the width of the dense layer
     */
    @Example("""
            {kind: convolutional, channels: [4], residualBlocks: 1, features: 6,
            upsampling: transposed-convolution,
            activation: relu,
            initialization: he-normal}""")
    record ConvolutionalSpec(
            @Example("[32, 64]") List<Integer> channels,
            @Default("0") int residualBlocks,
            int features,
            @Default("transposed-convolution") Upsampling upsampling,
            @Default("relu") Activation activation,
            @Default("he-normal") Initialization initialization)
            implements NetworkSpec {

        /** The size of the convolution that makes pixels. */
        private static final int HEAD = 3;

        public ConvolutionalSpec {
            channels = checkedChannels("model.network.channels", channels);
            KeyChecks.notNegative("model.network.residualBlocks", residualBlocks);
            KeyChecks.atLeastOne("model.network.features", features);
        }

        static List<Integer> checkedChannels(String key, List<Integer> channels) {
            if (channels.isEmpty()) {
                throw new InvalidInput(key + " is empty", "recipe", "give a list such as [32, 64]");
            }
            return KeyChecks.eachAtLeastOne(key, channels);
        }

        /** The convolution that makes pixels. */
        static Head head(Shape event, Initialization initialization) {
            return new Head.Convolved(event.get(0), HEAD, initialization);
        }

        /** Convolutions need rows and columns. */
        static Shape requireImage(Shape data) {
            if (data.dimension() != 3) {
                throw new InvalidInput(
                        "convolutions take images, [C, H, W], and an example has shape " + data,
                        "recipe",
                        "set model.network={kind: dense, hidden: [400]}");
            }
            return data;
        }

        @Override
        public Shape event(Shape data) {
            return requireImage(data);
        }

        @Override
        public Encoder encoder(Shape event) {
            Mlp dense = new Mlp(List.of(features), activation, initialization);
            return new Sequential(List.of(new ConvolutionalEncoder(event, pyramid()), dense));
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodSpec likelihood, ModelContext context) {
            Family<?> pixels = likelihood.family(event, head(event, initialization));
            return new NetworkDecoder(ConvolutionalDecoderNetwork.fromVector(event, pyramid(), upsampling), pixels);
        }

        /**
         * Why an image cannot be halved so often: what has one pixel only is not made smaller by another halving.
         *
         * @param key that has an entry for each halving
         */
        static Optional<String> tooOftenHalved(Shape data, int halvings, String key) {
            long side = data.dimension() == 3 ? Math.max(data.get(1), data.get(2)) : Long.MAX_VALUE;
            int possible = Long.SIZE - Long.numberOfLeadingZeros(side - 1);
            return halvings <= possible
                    ? Optional.empty()
                    : Optional.of(key + " has " + halvings + " entries, which halve an image as often, and one of "
                            + data.get(1) + " x " + data.get(2) + " is a single pixel after " + possible + "; give "
                            + (possible == 0 ? "model.network={kind: dense, hidden: [400]}" : "the first " + possible));
        }

        @Override
        public Optional<String> misfit(Shape data) {
            return tooOftenHalved(data, channels.size(), "model.network.channels");
        }

        private Pyramid pyramid() {
            return new Pyramid(channels, residualBlocks, activation, initialization);
        }

        @Override
        public String title(long dimensions, int latent) {
            return dimensions + "-conv" + channels + "-" + latent + "-conv-" + dimensions;
        }
    }
}
