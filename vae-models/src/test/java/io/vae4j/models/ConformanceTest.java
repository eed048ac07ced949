package io.vae4j.models;

import io.vae4j.models.ConformingModel.Build;
import java.util.stream.Stream;

/** Every model of {@link Conformance} that is one without a condition. */
class ConformanceTest extends ModelContract {

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds).filter(build -> build.conditionWidth() == 0);
    }
}
