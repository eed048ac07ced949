package io.vae4j.models;

import io.vae4j.models.ConformingModel.Build;
import java.util.stream.Stream;

/** Every model of {@link Conformance}, given a condition: a class of its own, so that two processes share the work. */
class ConditionalConformanceTest extends ModelContract {

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds).filter(build -> build.conditionWidth() > 0);
    }
}
