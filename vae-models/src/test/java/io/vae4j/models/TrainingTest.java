package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import io.vae4j.models.vq.Codes;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model of {@link Conformance} does over more than two steps. */
class TrainingTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT32;
    private static final Offset<Float> OFFSET = within(1e-4f);

    static Stream<Build> builds() {
        return Conformance.models().flatMap(model -> model.builds().limit(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void theLossFalls(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        NDArray x = bits(32, TYPE);
        Condition condition = build.condition(manager, 32, TYPE);
        float[] elbo = train(model, x, condition, new Elbo(), 150);

        assertThat(lastTen(elbo)).isLessThan(firstTen(elbo) - 0.5f);
        if (!Codes.in(model).isEmpty()) {
            // all samples are alike, so there is nothing more to train by
            assertThat(loss(model, x, condition, new Iwae(5))).isCloseTo(loss(model, x, condition, new Elbo()), OFFSET);
        } else if (build.entry().density() == Density.KNOWN) {
            assertThat(lastTen(train(model, x, condition, new Iwae(5), 50))).isLessThan(lastTen(elbo) + 0.1f);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void nativeMemoryIsFlat(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        NDArray x = bits(8, TYPE);
        Condition condition = build.condition(manager, 8, TYPE);
        train(model, x, condition, new Elbo(1, 2), 3);
        int held = manager.getManagedArrays().size();
        train(model, x, condition, new Elbo(1, 2), 20);

        assertThat(manager.getManagedArrays()).hasSize(held);
    }

    private float loss(LatentModel model, NDArray x, Condition condition, Objective objective) {
        Pass pass = evaluation(Noise.seeded(0, 0, 0));
        BoundTerms terms = model.boundTerms(pass, x, condition, objective.samples());
        return objective.loss(terms).mean().getFloat();
    }

    private static float firstTen(float[] losses) {
        return mean(losses, 0);
    }

    private static float lastTen(float[] losses) {
        return mean(losses, losses.length - 10);
    }

    private static float mean(float[] losses, int from) {
        float sum = 0;
        for (int i = from; i < from + 10; i++) {
            sum += losses[i];
        }
        return sum / 10;
    }
}
