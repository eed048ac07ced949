package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One message of ours with the value, what was expected and the remedy, instead of the engine's. */
class BadInputTest extends ModelTest {

    @Test
    void dataOfAnotherShapeAreRefused() {
        Vae model = initialized(Models.bernoulli(), DataType.FLOAT32);

        for (Shape wrong : new Shape[] {new Shape(4, 7), new Shape(4, 2, 3), new Shape(6)}) {
            NDArray x = manager.zeros(wrong);
            assertThatThrownBy(() -> model.boundTerms(pass(), x, Condition.none(), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the data have shape " + wrong)
                    .hasMessageContaining("expected [B, 6]")
                    .hasMessageContaining("reshape the data");
            assertThatThrownBy(() -> model.reconstruct(pass(), x, Condition.none()))
                    .hasMessageContaining("expected [B, 6]");
        }
    }

    @Test
    void aConditionOfAnotherNumberOfClassesIsRefused() {
        Vae model = conditional();
        NDArray x = bits(4, DataType.FLOAT32);
        Condition five = classes(4, 5);

        assertThatThrownBy(() -> model.boundTerms(pass(), x, five, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("condition has shape (4, 5)")
                .hasMessageContaining("expected [B, 3]")
                .hasMessageContaining("classes");
        assertThatThrownBy(() -> model.generate(pass(), List.of(), 2, five)).hasMessageContaining("expected [B, 3]");
    }

    @Test
    void aConditionForAnotherNumberOfExamplesIsRefused() {
        Vae model = conditional();

        assertThatThrownBy(() -> model.boundTerms(pass(), bits(4, DataType.FLOAT32), classes(2, 3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 examples")
                .hasMessageContaining("hold 4")
                .hasMessageContaining("one row");
    }

    @Test
    void aMissingOrASuperfluousConditionIsRefused() {
        NDArray x = bits(4, DataType.FLOAT32);
        Vae conditional = conditional();
        Vae plain = initialized(Models.bernoulli(), DataType.FLOAT32);

        assertThatThrownBy(() -> conditional.boundTerms(pass(), x, Condition.none(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no condition was given")
                .hasMessageContaining("expected [B, 3]");
        assertThatThrownBy(() -> plain.boundTerms(pass(), x, classes(4, 3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(4, 3)")
                .hasMessageContaining("Condition.none()");
    }

    @Test
    void noSamplesAreRefused() {
        Vae model = initialized(Models.twoLayers(), DataType.FLOAT32);

        assertThatThrownBy(() -> model.boundTerms(pass(), bits(4, DataType.FLOAT32), Condition.none(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 samples")
                .hasMessageContaining("at least 1");
    }

    @Test
    void latentsOfAnotherShapeAreRefused() {
        Vae model = initialized(Models.bernoulli(), DataType.FLOAT32);
        List<NDArray> wide = List.of(manager.zeros(new Shape(2, 1, 4)));

        assertThatThrownBy(() -> model.generate(pass(), wide, 2, Condition.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the latents have shape (2, 1, 4)")
                .hasMessageContaining("expected [K, B, 3]");
    }

    @Test
    void aModelThatWasNotInitializedSaysSo() {
        assertThatThrownBy(() -> Models.bernoulli().boundTerms(pass(), bits(4, DataType.FLOAT32), Condition.none(), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call initialize");
    }

    private Vae conditional() {
        Vae model = Models.bernoulli();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS), new Shape(1, 3));
        return model;
    }

    private Condition classes(int examples, int classes) {
        return Condition.given(manager.zeros(new Shape(examples, classes)));
    }

    private Pass pass() {
        return evaluation(Noise.seeded(0, 0, 0));
    }
}
