package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.Iwae;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises: also about the data it generates and the conditions and objectives that it takes. */
abstract class ModelContract extends GradientContract {

    private static final DataType TYPE = DataType.FLOAT64;

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void samples(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        Condition condition = build.condition(manager, 2, TYPE);
        Distribution drawn = generated(model, 1, condition);
        NDArray sample = drawn.sample(Noise.seeded(2, 0, 0), 1);

        assertThat(sample.getShape()).isEqualTo(new Shape(9, condition.batch(), Models.PIXELS));
        drawn.support().check(sample);
        assertThat(generated(model, 1, condition).mean()).isEqualTo(drawn.mean());
        assertThat(generated(model, 3, condition).mean()).isNotEqualTo(drawn.mean());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aConditionReachesEncoderAndDecoder(Build build) {
        if (build.conditionWidth() == 0) {
            assertThatThrownBy(() -> reconstructed(build, Condition.given(manager.ones(new Shape(1, 2), TYPE))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("initialized without one");
            return;
        }
        assertThatThrownBy(() -> reconstructed(build, Condition.none())).hasMessageContaining("no condition was given");
        LatentModel model = build.initialized(manager, TYPE);
        Condition first = Condition.given(manager.ones(new Shape(1, 2), TYPE));
        Condition second = Condition.given(manager.zeros(new Shape(1, 2), TYPE));

        assertThat(inferred(model, first)).as("by the encoder").isNotEqualTo(inferred(model, second));
        // the same noise, hence the same z under a prior that ignores the condition
        assertThat(generated(model, 1, first).mean())
                .as("by the decoder")
                .isNotEqualTo(generated(model, 1, second).mean());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void anObjectiveThatWeighsSamplesIsRefusedWhereTheyHaveNoDensity(Build build) {
        BoundTerms terms = build.initialized(manager, TYPE)
                .boundTerms(evaluation(Noise.seeded(0, 0, 0)), bits(2, TYPE), build.condition(manager, 2, TYPE), 3);

        if (build.entry().density() == Density.POINT_MASS) {
            assertThatThrownBy(() -> new Iwae(3).loss(terms)).hasMessageContaining("point mass");
        } else {
            assertThat(new Iwae(3).loss(terms).getShape()).isEqualTo(new Shape(2));
        }
    }

    private Distribution reconstructed(Build build, Condition condition) {
        return build.initialized(manager, TYPE).reconstruct(evaluation(Noise.engine()), bits(1, TYPE), condition);
    }

    private Distribution generated(LatentModel model, long seed, Condition condition) {
        return model.generate(evaluation(Noise.seeded(seed, 0, 0)), List.of(), 9, condition);
    }

    /** The posterior's center, and its penalty, which moves even where the nearest codes do not. */
    private List<NDArray> inferred(LatentModel model, Condition condition) {
        BoundTerms terms = model.boundTerms(evaluation(Noise.seeded(0, 0, 0)), bits(1, TYPE), condition, 1);
        StochasticLayer lowest = terms.layers().get(0);
        return Stream.concat(Stream.of(lowest.inference().posterior().pointEstimate()), terms.penalty().stream())
                .toList();
    }
}
