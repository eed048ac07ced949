package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class InferenceScopeTest {

    @Test
    void anArrayThatIsGivenTwiceIsItsOwnersAfterwards() {
        try (NDManager owner = NDManager.newBaseManager()) {
            NDArray x = owner.ones(new Shape(2, 3));
            NDArray sum = InferenceScope.ask(owner, new NDList(x, x), scratch -> x.add(x));

            assertThat(sum.toFloatArray()).containsOnly(2);
            assertThat(sum.getManager()).isSameAs(owner);
            assertThat(x.getManager()).isSameAs(owner);
            assertThat(x.toFloatArray()).containsOnly(1);
        }
    }
}
