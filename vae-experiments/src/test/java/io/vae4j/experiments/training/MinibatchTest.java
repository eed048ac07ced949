package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import org.junit.jupiter.api.Test;

class MinibatchTest {

    @Test
    void whatIsMadeOfLentArraysEndsWithTheBorrowerAndTheArraysDoNot() {
        try (NDManager owner = NDManager.newBaseManager()) {
            NDArray images = owner.ones(new Shape(2, 3));
            NDArray labels = owner.ones(new Shape(2, 10));
            Minibatch batch = new Minibatch(images, Condition.given(labels));
            for (int loan = 0; loan < 2; loan++) {
                NDArray sum;
                NDArray other;
                try (NDManager borrower = owner.newSubManager()) {
                    batch.lend(borrower);
                    sum = images.sum();
                    other = labels.sum();
                    assertThat(sum.getFloat() + other.getFloat()).isEqualTo(26);
                }
                assertThatThrownBy(sum::getFloat).hasMessageContaining("released already");
                assertThatThrownBy(other::getFloat).hasMessageContaining("released already");
            }
            assertThat(images.getManager()).isSameAs(owner);
            assertThat(labels.getManager()).isSameAs(owner);
        }
    }
}
