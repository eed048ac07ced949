package io.vae4j.experiments.evaluation.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

/** Logistic regression against scikit-learn's. */
class SoftmaxRegressionTest {

    @Test
    void itFindsTheMinimumThatScikitLearnFinds() {
        double[][] coefficients = ScikitLearn.matrix("coefficients");
        double[] intercepts = ScikitLearn.at("/intercepts", double[].class);
        try (NDManager manager = NDManager.newBaseManager()) {
            SoftmaxRegression fitted = SoftmaxRegression.fit(
                    manager, ScikitLearn.matrix("x"), ScikitLearn.classes("y"), 3, ScikitLearn.at("/l2", Double.class));
            double[] weights = fitted.weights();

            assertThat(fitted.isConverged()).isTrue();
            for (int c = 0; c < 3; c++) {
                for (int d = 0; d < 3; d++) {
                    assertThat(weights[c * 4 + d]).isCloseTo(coefficients[c][d], within(1e-3));
                }
                assertThat(weights[c * 4 + 3] - weights[3]).isCloseTo(intercepts[c], within(1e-3));
            }
            assertThat(fitted.predict(ScikitLearn.matrix("held"))).isEqualTo(ScikitLearn.classes("predicted"));
        }
    }

    @Test
    void aClassWithoutExamplesIsNeverPredicted() {
        double[][] features = {{-1}, {-2}, {1}, {2}};
        int[] classes = {0, 0, 2, 2};
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(SoftmaxRegression.fit(manager, features, classes, 3, 1).predict(features))
                    .isEqualTo(classes);
        }
    }

    @Test
    void aFeatureThatIsAlwaysTheSameIsStandardizedToZero() {
        double[][] rows = Standardization.of(new double[][] {{3, 1}, {3, 5}}).apply(new double[][] {{3, 1}, {3, 5}});

        assertThat(rows).isDeepEqualTo(new double[][] {{0, -1}, {0, 1}});
    }
}
