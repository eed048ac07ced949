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
import org.junit.jupiter.api.Test;
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

    @Test
    void aTanhHasItsGradient() {
        try (NDManager manager = NDManager.newBaseManager();
                NDArray leaf = manager.create(POINTS).duplicate()) {
            leaf.setRequiresGradient(true);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(Activation.TANH.apply(leaf).sum());
            }
            double[] expected = Arrays.stream(POINTS)
                    .map(x -> 1 / (Math.cosh(x) * Math.cosh(x)))
                    .toArray();
            assertThat(leaf.getGradient().toDoubleArray()).containsExactly(expected, within(1e-15));
        }
    }

    private static DoubleUnaryOperator formula(Activation activation) {
        return switch (activation) {
            case RELU -> x -> Math.max(x, 0);
            case TANH -> Math::tanh;
            case GELU -> x -> x * 0.5 * Erf.erfc(-x / Math.sqrt(2));
            case SOFTPLUS -> x -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
            case IDENTITY -> x -> x;
        };
    }
}
