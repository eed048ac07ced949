package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ImageSet;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks between the image and z, both ways; the key {@code kind} chooses them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkSpec.DenseSpec.class, name = "dense"),
    @JsonSubTypes.Type(value = NetworkSpec.ConvolutionalSpec.class, name = "convolutional")
})
public sealed interface NetworkSpec {

    /** How the heads on top of the networks start. */
    Initialization initialization();

    /** The shape in which the networks take an image. */
    Shape event(int height, int width);

    /** From the image to features. */
    Encoder encoder(Shape event);

    /** From z to p(x|z). */
    Decoder decoder(Shape event, LikelihoodName likelihood, ImageSet train);

    /** How titles write it down around the latent, as in "784-400-20-400-784". */
    String title(long pixels, int latent);

    /**
     * Dense layers, mirrored in the decoder.
     *
     * @param hidden the widths of the encoder's hidden layers, from the image on
     * @param outputBias of the pixels
     */
    @Example("""
            {kind: dense, hidden: [6],
            activation: tanh,
            initialization: fan-in-uniform, outputBias: as-initialized}""")
    record DenseSpec(List<Integer> hidden, Activation activation, Initialization initialization, OutputBias outputBias)
            implements NetworkSpec {

        public DenseSpec {
            hidden = Checks.eachAtLeastOne("model.network.hidden", hidden);
        }

        @Override
        public Shape event(int height, int width) {
            return new Shape((long) height * width);
        }

        @Override
        public Encoder encoder(Shape event) {
            return new Mlp(hidden, activation, initialization);
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodName likelihood, ImageSet train) {
            Family<?> pixels = likelihood.family(event, outputBias.head(initialization, likelihood, train));
            return new NetworkDecoder(new Mlp(mirrored(), activation, initialization), pixels);
        }

        @Override
        public String title(long pixels, int latent) {
            return Stream.of(
                            Stream.of(pixels),
                            hidden.stream(),
                            Stream.of(latent),
                            mirrored().stream(),
                            Stream.of(pixels))
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
            List<Integer> channels,
            int residualBlocks,
            int features,
            Upsampling upsampling,
            Activation activation,
            Initialization initialization)
            implements NetworkSpec {

        /** The size of the convolution that makes pixels. */
        private static final int HEAD = 3;

        public ConvolutionalSpec {
            channels = checkedChannels("model.network.channels", channels);
            Checks.notNegative("model.network.residualBlocks", residualBlocks);
            Checks.atLeastOne("model.network.features", features);
        }

        static List<Integer> checkedChannels(String key, List<Integer> channels) {
            if (channels.isEmpty()) {
                throw new InvalidInput(key + " is empty", "recipe", "give a list such as [32, 64]");
            }
            return Checks.eachAtLeastOne(key, channels);
        }

        /** The convolution that makes pixels. */
        static Head head(Initialization initialization) {
            return new Head.Convolved(1, HEAD, initialization);
        }

        @Override
        public Shape event(int height, int width) {
            return new Shape(1, height, width);
        }

        @Override
        public Encoder encoder(Shape event) {
            Mlp dense = new Mlp(List.of(features), activation, initialization);
            return new Sequential(List.of(new ConvolutionalEncoder(event, pyramid()), dense));
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodName likelihood, ImageSet train) {
            Family<?> pixels = likelihood.family(event, head(initialization));
            return new NetworkDecoder(ConvolutionalDecoderNetwork.fromVector(event, pyramid(), upsampling), pixels);
        }

        private Pyramid pyramid() {
            return new Pyramid(channels, residualBlocks, activation, initialization);
        }

        @Override
        public String title(long pixels, int latent) {
            return pixels + "-conv" + channels + "-" + latent + "-conv-" + pixels;
        }
    }
}
