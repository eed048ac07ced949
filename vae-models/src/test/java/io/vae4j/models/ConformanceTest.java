package io.vae4j.models;

import io.vae4j.models.ConformingModel.Build;
import java.util.stream.Stream;

/** Every model of {@link Conformance}, built with a condition and without. */
class ConformanceTest extends ModelContract {

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds);
    }
}
