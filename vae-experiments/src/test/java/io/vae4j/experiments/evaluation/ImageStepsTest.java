package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** By hand. */
class ImageStepsTest {

    @Test
    void aStepIsTheRootMeanSquareOfWhatPixelsChangeBy() {
        // first by (0.3, 0.4): the square root of 0.25 / 2; then by (0, 1)
        ImageSteps steps = ImageSteps.along(new float[] {0, 0, 0.3f, 0.4f, 0.3f, -0.6f}, 3);

        assertThat(steps.largest()).isCloseTo(Math.sqrt(0.5), within(1e-6));
        assertThat(steps.mean()).isCloseTo((Math.sqrt(0.125) + Math.sqrt(0.5)) / 2, within(1e-6));
    }
}
