package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Optional;

/** Why a metric may say nothing of a representation. */
final class Obstacles {

    private static final int FEWEST_EXAMPLES = 10;

    private Obstacles() {}

    /** For metrics that learn from some examples and are judged by others. */
    static Optional<String> fewExamples(Representation representation) {
        return representation.count() >= FEWEST_EXAMPLES
                ? Optional.empty()
                : Optional.of("it learns from some examples and is judged by others, and there are only "
                        + representation.count());
    }

    /** For metrics that compare the best dimension with the second. */
    static Optional<String> fewDimensions(Representation representation) {
        return representation.dimensions() >= 2
                ? Optional.empty()
                : Optional.of("it compares two dimensions of the code, which has one");
    }

    /** For metrics that tell factors from each other. */
    static Optional<String> fewFactors(Representation representation) {
        return representation.factorCount() >= 2
                ? Optional.empty()
                : Optional.of("it tells factors from each other, and only "
                        + representation.kind(0).name() + " varies");
    }
}
