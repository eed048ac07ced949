package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ConditionTest extends EngineTest {

    @Test
    void noConditionLeavesTheInputAsItIs() {
        NDArray input = manager.ones(new Shape(1, 2, 3));

        assertThat(Condition.none().join(input, 1)).isSameAs(input);
    }

    @Test
    void aVectorJoinsEveryDrawOfItsExample() {
        Condition condition = Condition.given(array(1, 2, 3, 4).reshape(2, 2));
        NDArray joined = condition.join(array(9, 8, 7, 6, 5, 4).reshape(3, 2, 1), 1);

        assertThat(joined.getShape()).isEqualTo(new Shape(3, 2, 3));
        assertThat(joined.get("2, 1").toDoubleArray()).containsExactly(4, 3, 4);
    }

    @Test
    void aVectorJoinsAnImageAsConstantChannels() {
        Condition condition = Condition.given(array(1, 2).reshape(1, 2));
        NDArray joined = condition.join(array(9, 8, 7, 6).reshape(1, 1, 1, 2, 2), 3);

        assertThat(joined.getShape()).isEqualTo(new Shape(1, 1, 3, 2, 2));
        assertThat(joined.toDoubleArray()).containsExactly(9, 8, 7, 6, 1, 1, 1, 1, 2, 2, 2, 2);
    }

    @Test
    void anInputForOneExampleIsSharedByAllConditions() {
        Condition condition = Condition.given(array(1, 2).reshape(2, 1));
        NDArray joined = condition.join(array(9).reshape(1, 1, 1), 1);

        assertThat(joined.toDoubleArray()).containsExactly(9, 1, 9, 2);
        assertThat(condition.batch()).isEqualTo(2);
        assertThat(Condition.none().batch()).isEqualTo(1);
    }

    @Test
    void aConditionOfAnotherRankIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Condition.given(array(1, 2)))
                .hasMessageContaining("(2)")
                .hasMessageContaining("[B, C]");
    }
}
