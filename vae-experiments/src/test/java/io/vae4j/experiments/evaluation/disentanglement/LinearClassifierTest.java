package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.junit.jupiter.api.Test;

/** Against the same objectives, minimized by a method that knows no gradient. */
class LinearClassifierTest {

    private static final int COUNT = 120;

    private final double[][] features = new double[COUNT][1];
    private final int[] classes = new int[COUNT];

    /** Three classes along a line, of which the second is rare and overlaps with the others. */
    LinearClassifierTest() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < COUNT; n++) {
            classes[n] = n % 10 == 0 ? 1 : n % 2 == 0 ? 0 : 2;
            features[n][0] = classes[n] + 1.2 * random.nextDouble(-1, 1);
        }
    }

    @Test
    void supportVectorsMinimizeTheSquaredHingeWithClassesBalanced() {
        int[] predicted = oneAgainstTheRest(0.01, margin -> Math.pow(Math.max(0, 1 - margin), 2), true);

        assertThat(LinearClassifier.balancedSupportVectors(features, classes).accuracy(features, predicted))
                .isCloseTo(1, within(1.0 / COUNT + 1e-9));
    }

    @Test
    void logisticRegressionMinimizesTheLogLoss() {
        int[] predicted = oneAgainstTheRest(1, margin -> Math.log1p(Math.exp(-margin)), false);

        assertThat(LinearClassifier.logisticRegression(features, classes).accuracy(features, predicted))
                .isCloseTo(1, within(1.0 / COUNT + 1e-9));
    }

    /** Balanced, the rare class counts as much as the others, and is named where it prevails. */
    @Test
    void balancedMachinesNameRareClassesMoreOften() {
        int[] rare = Arrays.stream(classes).map(c -> c == 1 ? 1 : 0).toArray();
        int[] always = new int[COUNT];

        assertThat(LinearClassifier.logisticRegression(features, rare).accuracy(features, always))
                .isEqualTo(1);
        assertThat(LinearClassifier.balancedSupportVectors(features, rare).accuracy(features, always))
                .isLessThan(0.9);
    }

    private int[] oneAgainstTheRest(double c, DoubleUnaryOperator loss, boolean balanced) {
        double[][] weights = IntStream.range(0, 3)
                .mapToObj(of -> minimum(w -> {
                    double weight = balanced
                            ? COUNT
                                    / 3.0
                                    / Arrays.stream(classes)
                                            .filter(k -> k == of)
                                            .count()
                            : 1;
                    double sum = (w[0] * w[0] + w[1] * w[1]) / 2;
                    for (int n = 0; n < COUNT; n++) {
                        double score = w[0] * features[n][0] + w[1];
                        boolean positive = classes[n] == of;
                        sum += c * (positive ? weight : 1) * loss.applyAsDouble(positive ? score : -score);
                    }
                    return sum;
                }))
                .toArray(double[][]::new);
        return Arrays.stream(features)
                .mapToInt(x -> IntStream.range(0, 3)
                        .reduce((a, b) ->
                                weights[b][0] * x[0] + weights[b][1] > weights[a][0] * x[0] + weights[a][1] ? b : a)
                        .orElseThrow())
                .toArray();
    }

    private static double[] minimum(MultivariateFunction objective) {
        return new SimplexOptimizer(new SimpleValueChecker(1e-14, 1e-14))
                .optimize(
                        new MaxEval(10_000),
                        new ObjectiveFunction(objective),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[] {0.1, 0.1}),
                        new NelderMeadSimplex(2, 0.5))
                .getPoint();
    }
}
