package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledPosteriorTest {

    private static final int D = 3;
    private static final int EXAMPLES = 100;

    private final ScaledPosterior study = new ScaledPosterior(D, 4);

    @Test
    void theExactPosteriorHasOneWeight() {
        ScaledPosterior.Drawn drawn = study.draw(1, 5, 50);
        double[] exact = drawn.logLikelihood();
        for (int i = 0; i < 5; i++) {
            assertThat(drawn.weights().effectiveSampleSize(i)).isCloseTo(50, within(1e-6));
        }
        assertThat(drawn.weights().bound(1)).containsExactly(exact, within(1e-9));
    }

    /** {@code L_1 = log p(x) - KL(q || p)} with {@code KL = D ((f^2 - 1) / 2 - log f)}. */
    @ParameterizedTest
    @ValueSource(doubles = {2, 0.6})
    void theBoundOfOneSampleLacksTheDivergence(double factor) {
        ScaledPosterior.Drawn drawn = study.draw(factor, EXAMPLES, 200);
        Mean gap = Mean.ofDifferences(drawn.logLikelihood(), drawn.weights().bound(1));
        double divergence = D * ((factor * factor - 1) / 2 - Math.log(factor));

        assertThat(gap.value()).isCloseTo(divergence, within(4 * gap.standardError()));
    }

    @Test
    void aWideOnesWeightsAreBoundedAndANarrowOnesExceedEveryBoundOfThatForm() {
        assertThat(largest(2)).isLessThanOrEqualTo(D * Math.log(2) + 1e-9);
        assertThat(largest(0.5)).isGreaterThan(D * Math.log(2));
    }

    @Test
    void examplesAreTheSameForEveryFactorAndAreDrawnFromTheModel() {
        double[] exact = study.draw(2, EXAMPLES, 1).logLikelihood();
        Mean mean = Mean.of(exact);

        assertThat(study.draw(0.5, EXAMPLES, 1).logLikelihood()).containsExactly(exact);
        // minus the entropy of N(0, 2 I)
        assertThat(mean.value()).isCloseTo(-D / 2.0 * Math.log(4 * Math.PI * Math.E), within(4 * mean.standardError()));
    }

    /** The largest log w - log p(x). */
    private double largest(double factor) {
        ScaledPosterior.Drawn drawn = study.draw(factor, EXAMPLES, 500);
        return IntStream.range(0, EXAMPLES)
                .mapToDouble(i -> Math.log(drawn.weights().normalized(i)[0] * 500)
                        + drawn.weights().bound(500)[i]
                        - drawn.logLikelihood()[i])
                .max()
                .orElseThrow();
    }
}
