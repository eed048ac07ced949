package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Optional;

/** What several metrics ask of a representation; each answers with the reason where it is not met. */
final class Requirements {

    private static final int SOME_EXAMPLES = 10;

    private Requirements() {}

    /** For metrics that learn from some examples and are judged by others. */
    static Optional<String> someExamples(Representation representation) {
        return representation.count() >= SOME_EXAMPLES
                ? Optional.empty()
                : Optional.of("it learns from some examples and is judged by others, and there are only "
                        + representation.count());
    }

    /** For metrics that compare the best dimension with the second. */
    static Optional<String> twoDimensions(Representation representation) {
        return representation.dimensions() >= 2
                ? Optional.empty()
                : Optional.of("it compares two dimensions of the code, which has one");
    }

    /** For metrics that tell factors from each other. */
    static Optional<String> twoFactors(Representation representation) {
        return representation.factorCount() >= 2
                ? Optional.empty()
                : Optional.of("it tells factors from each other, and only "
                        + representation.kind(0).name() + " varies");
    }
}
