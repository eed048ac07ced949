package io.vae4j.experiments.evaluation.gradients;

import java.util.List;
import java.util.stream.Stream;

/** A part of the parameters whose gradients behave alike. */
public enum Group {
    /** What q(z|x) is made of, in every stochastic layer. */
    ENCODER,
    /** What p(x|z) and p(z) are made of. */
    DECODER;

    private static final List<String> OF_THE_ENCODER = List.of("encoder", "posterior");

    /** The group of a parameter by its path as DJL writes it, such as {@code 04prior_01encoder_01fc1_weight}. */
    static Group of(String path) {
        return Stream.of(path.split("_", -1))
                        .map(part -> part.replaceFirst("^\\d+", ""))
                        .anyMatch(OF_THE_ENCODER::contains)
                ? ENCODER
                : DECODER;
    }
}
