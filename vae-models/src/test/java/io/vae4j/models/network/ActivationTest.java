package io.vae4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {

    private static final double[] POINTS = {-30, -2, -0.3, 0, 1e-4, 0.7, 3, 30};

    @ParameterizedTest
    @EnumSource
    void hiddenUnitsAreTheFormulasWithAGradientAndWithoutOne(Activation activation) {
        double[] expected = Arrays.stream(POINTS).map(formula(activation)).toArray();
        try (NDManager manager = NDManager.newBaseManager();
                NDArray x = manager.create(POINTS).duplicate();
                NDArray leaf = x.duplicate()) {
            assertThat(activation.apply(x).toDoubleArray()).containsExactly(expected, within(1e-15));
            leaf.setRequiresGradient(true);
            assertThat(activation.apply(leaf).toDoubleArray()).containsExactly(expected, within(1e-15));
        }
    }

    /** Hidden units are made of parameters, and are no leaves themselves. */
    @ParameterizedTest
    @EnumSource
    void gradientsPassThroughHiddenUnits(Activation activation) {
        double step = 1e-5;
        DoubleUnaryOperator formula = formula(activation);
        double[] points = Arrays.stream(POINTS).filter(x -> x != 0).toArray();
        double[] slopes = Arrays.stream(points)
                .map(x -> (formula.applyAsDouble(x + step) - formula.applyAsDouble(x - step)) / (2 * step))
                .toArray();
        try (NDManager manager = NDManager.newBaseManager();
                NDArray leaf = manager.create(points).duplicate()) {
            leaf.setRequiresGradient(true);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(activation.consume(leaf.add(leaf.zerosLike())).sum());
            }
            assertThat(leaf.getGradient().toDoubleArray()).containsExactly(slopes, within(1e-8));
        }
    }

    private static DoubleUnaryOperator formula(Activation activation) {
        return switch (activation) {
            case RELU -> x -> Math.max(x, 0);
            case LEAKY_RELU -> x -> Math.max(x, 0.2f * x);
            case TANH -> Math::tanh;
            case GELU -> x -> x * 0.5 * Erf.erfc(-x / Math.sqrt(2));
            case SOFTPLUS -> x -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
            case IDENTITY -> x -> x;
        };
    }
}
