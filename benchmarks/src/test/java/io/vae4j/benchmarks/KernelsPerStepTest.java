package io.vae4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** At these sizes a GPU waits for launches and for the host, so a step may have only so many of them. */
class KernelsPerStepTest {

    /** Three of them see to it that a step that is not finite is left out. */
    @ParameterizedTest
    @CsvSource({"VAE, 96", "IWAE, 120", "CONVOLUTIONAL_VAE, 150", "VQ_VAE, 170", "TWO_LAYER_IWAE, 227"})
    void aStepStartsNoMoreKernelsThanItDidWhenThisWasWritten(Workload workload, int most) {
        Profile step = profile(workload);

        assertThat(step.kernels().size()).as(step.counts()).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @EnumSource
    void noStepWaitsForTheDevice(Workload workload) {
        assertThat(profile(workload).kernels()).noneMatch(Profile.Kernel::synchronizes);
    }

    @Test
    void theProductsOfTheDenseVaeAreAllSeen() {
        // five affine layers: each forward, its weights' gradient, and its input's, which only the first does without
        assertThat(profile(Workload.VAE).kernels().stream().filter(Profile.Kernel::isProduct))
                .hasSize(3 * 5 - 1);
    }

    @Test
    void theConvolutionsAreAllSeenForwardAndBackward() {
        Profile step = profile(Workload.CONVOLUTIONAL_VAE);

        // conv1, conv2, two of a residual block; the same block, up1, up2 and the head
        assertThat(step.kernels().stream().filter(kernel -> kernel.name().equals("_convolution")))
                .hasSize(9);
        assertThat(step.kernels().stream().filter(kernel -> kernel.name().equals("convolution_backward")))
                .hasSize(9);
    }

    private static Profile profile(Workload workload) {
        try (Workbench bench = new Workbench(workload.recipe())) {
            bench.step();
            bench.step();
            return Profile.of(bench::step);
        }
    }
}
