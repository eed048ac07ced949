package io.vae4j.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.torch.Convolutions.Upsampling;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConvolutionsTest extends EngineTest {

    /** By definition: every input pixel adds its multiple of the kernel, one stride apart. */
    @Test
    void aTransposedConvolutionScattersTheKernel() {
        NDArray image = array(1, 2, 3, 4).reshape(1, 1, 2, 2);
        NDArray kernel = array(1, 10, 100, 1000).reshape(1, 1, 2, 2);

        NDArray apart = Convolutions.transposed(image, kernel, array(0.5), new Upsampling(2, 0, 0));
        assertThat(apart.getShape()).isEqualTo(new Shape(1, 1, 4, 4));
        assertThat(apart.toDoubleArray())
                .containsExactly(
                        1.5, 10.5, 2.5, 20.5, 100.5, 1000.5, 200.5, 2000.5, 3.5, 30.5, 4.5, 40.5, 300.5, 3000.5, 400.5,
                        4000.5);
        NDArray overlapping = Convolutions.transposed(image, kernel, array(0), new Upsampling(1, 1, 0));
        assertThat(overlapping.toDoubleArray()).containsExactly(1000 + 200 + 30 + 4);
        assertThat(Convolutions.transposed(image, kernel, array(0), new Upsampling(2, 0, 1))
                        .getShape())
                .isEqualTo(new Shape(1, 1, 5, 5));
    }

    @Test
    void theGradientsOfATransposedConvolutionAgreeWithFiniteDifferences() {
        NDArray image = array(1, -2, 0.3, 4).reshape(1, 1, 2, 2);
        NDArray kernel = array(0.1, -1, 0.7, 0.2).reshape(1, 1, 2, 2);
        Upsampling upsampling = new Upsampling(2, 1, 1);

        assertGradient(x -> Convolutions.transposed(x, kernel, array(0.5), upsampling), image);
        assertGradient(x -> Convolutions.transposed(image, x, array(0.5), upsampling), kernel);
        assertGradient(x -> Convolutions.transposed(image, kernel, x, upsampling), array(0.5));
    }

    @Test
    void impossibleSettingsAreNamed() {
        assertThatThrownBy(() -> new Upsampling(0, 0, 0)).hasMessageContaining("stride is 0");
        assertThatThrownBy(() -> new Upsampling(1, -1, 0)).hasMessageContaining("padding -1");
        assertThatThrownBy(() -> new Upsampling(2, 0, 2)).hasMessageContaining("output padding 2");
        assertThatThrownBy(() -> new Upsampling(2, 0, -1)).hasMessageContaining("output padding -1");
    }

    @Test
    void aConvolutionIsTheSumOverItsWindows() {
        NDArray image = array(1, 2, 3, 4, 5, 6, 7, 8, 9).reshape(1, 1, 3, 3);
        NDArray kernel = array(1, 10, 100, 1000).reshape(1, 1, 2, 2);

        assertThat(Convolutions.convolve(image, kernel, array(0.5), 1, 0).toDoubleArray())
                .containsExactly(5421.5, 6532.5, 8754.5, 9865.5);
        assertThat(Convolutions.convolve(image, kernel, array(0), 2, 1).toDoubleArray())
                .containsExactly(1000, 3200, 7040, 9865 - 0.0);
    }

    @Test
    void theGradientsOfAConvolutionAgreeWithFiniteDifferences() {
        NDArray image = array(1, -2, 0.3, 4).reshape(1, 1, 2, 2);
        NDArray kernel = array(0.1, -1, 0.7, 0.2).reshape(1, 1, 2, 2);

        assertGradient(x -> Convolutions.convolve(x, kernel, array(0.5), 1, 1), image);
        assertGradient(x -> Convolutions.convolve(image, x, array(0.5), 1, 1), kernel);
        assertGradient(x -> Convolutions.convolve(image, kernel, x, 1, 1), array(0.5));
    }

    /** Of the sum of sines, so that each element of the result has a slope of its own. */
    private void assertGradient(Function<NDArray, NDArray> function, NDArray at) {
        Function<NDArray, NDArray> score = x -> function.apply(x).sin().sum();

        assertThat(gradient(score, at).toDoubleArray()).containsExactly(differences(score, at), within(1e-7));
    }
}
