package io.vae4j.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.EngineTest;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

class TorchFunctionTest extends EngineTest {

    private static final TorchFunction LGAMMA = TorchFunction.of("x", "torch.lgamma(x)");

    /** DJL would make a dictionary of the first and a list of the second. */
    @Test
    void namesOfArraysMeanNothing() {
        NDArray image = manager.create(new float[] {1, 2});
        NDArray other = manager.create(new float[] {3, 4});
        image.setName("test.images");
        other.setName("x[]");

        assertThat(TorchFunction.of("x, y", "torch.mul(x, y)")
                        .apply(image, other)
                        .toFloatArray())
                .containsExactly(3, 8);
    }

    @Test
    void anOperationThatDjlLacksHasItsValueAndItsGradient() {
        assertThat(LGAMMA.apply(array(0.5, 4.2)).toDoubleArray())
                .containsExactly(new double[] {Gamma.logGamma(0.5), Gamma.logGamma(4.2)}, within(1e-12));
        assertThat(gradient(x -> LGAMMA.apply(x).sum(), array(0.5, 4.2)).toDoubleArray())
                .containsExactly(new double[] {Gamma.digamma(0.5), Gamma.digamma(4.2)}, within(1e-8));
    }

    @Test
    void theResultBelongsToTheOwnerOfTheFirstArgument() {
        TorchFunction outer = TorchFunction.of("a, b", "torch.outer(a, b)");
        NDArray b = array(3, 4, 5);
        try (NDManager batch = manager.newSubManager()) {
            NDArray a = array(1, 2);
            a.attach(batch);
            NDArray product = outer.apply(a, b);

            assertThat(product.getManager()).isSameAs(batch);
            assertThat(product.toDoubleArray()).containsExactly(3, 4, 5, 6, 8, 10);
        }
    }

    @Test
    void survivesGarbageCollectionBetweenCalls() {
        for (int i = 0; i < 3; i++) {
            assertThat(LGAMMA.apply(array(1)).getDouble(0)).isZero();
            System.gc();
        }
    }

    @Test
    void nonsenseIsRefusedWithItsSource() {
        TorchFunction nonsense = TorchFunction.of("x", "torch.no_such_operation(x)");

        assertThatThrownBy(() -> nonsense.apply(array(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_operation");
    }
}
