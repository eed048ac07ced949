package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BernoulliPixels;
import io.vae4j.models.network.GlobalScale;
import io.vae4j.models.network.GlobalScaleGaussian;
import io.vae4j.models.network.GreyPixels;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks between the image and z, both ways; the key {@code kind} chooses them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = NetworkSpec.DenseSpec.class, name = "dense"))
public sealed interface NetworkSpec {

    /** How the heads on top of the networks start. */
    Initialisation initialisation();

    /** The shape in which the networks take an image. */
    Shape event(int height, int width);

    /** From the image to features. */
    Encoder encoder(Shape event);

    /** From z to p(x|z). */
    Decoder decoder(Shape event, LikelihoodName likelihood);

    /** How titles write it down around the latent, as in "784-400-20-400-784". */
    String title(long pixels, int latent);

    /**
     * Dense layers, mirrored in the decoder.
     *
     * @param hidden the widths of the encoder's hidden layers, from the image on
     */
    record DenseSpec(List<Integer> hidden, Activation activation, Initialisation initialisation)
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
            return new Mlp(hidden, activation, initialisation);
        }

        @Override
        public Decoder decoder(Shape event, LikelihoodName likelihood) {
            Family<?> pixels = switch (likelihood) {
                case BERNOULLI -> new BernoulliPixels(event, initialisation);
                case GREY_CROSS_ENTROPY -> new GreyPixels(event, initialisation);
                case GAUSSIAN -> new GlobalScaleGaussian(event, new GlobalScale.Isotropic(1), initialisation);
            };
            return new NetworkDecoder(new Mlp(mirrored(), activation, initialisation), pixels);
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
}
