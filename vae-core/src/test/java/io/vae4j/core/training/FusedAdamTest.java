package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.EngineTest;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FusedAdamTest extends EngineTest {

    /** Gradients of very different sizes: DJL's form of epsilon is wrong by percents at the small ones. */
    private static final double[] SLOPES = {3, -0.01, 1e-7, 0};

    @Test
    void followsThePapersFormulaAtEveryScaleOfTheGradient() {
        NDArray theta = array(0.5, -0.5, 1, 2);
        theta.setRequiresGradient(true);
        NDArray slopes = array(SLOPES);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta), new FusedAdam.Settings())) {
            for (int step = 0; step < 20; step++) {
                try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                    tape.backward(theta.mul(slopes).sum());
                }
                adam.step(rate(step), step);
            }
        }

        double[] start = {0.5, -0.5, 1, 2};
        for (int i = 0; i < SLOPES.length; i++) {
            assertThat(theta.getDouble(i)).isCloseTo(byHand(start[i], SLOPES[i]), within(1e-6));
        }
    }

    @Test
    void zeroesTheGradientsAndShowsItsMoments() {
        NDArray theta = array(1);
        theta.setRequiresGradient(true);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta), new FusedAdam.Settings())) {
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(theta.square().sum());
            }
            adam.step(0.1, 0);

            assertThat(theta.getGradient().getDouble(0)).isZero();
            assertThat(adam.moments().first().get(0).getDouble(0)).isCloseTo(0.2, within(1e-12));
            assertThat(adam.moments().second().get(0).getDouble(0)).isCloseTo(0.004, within(1e-12));
        }
    }

    @Test
    void aStepOverLeavesIsAStepOverTheParametersThemselves() {
        NDArray plain = leaf(0.5, -0.5, 1, 2);
        NDArray shared = leaf(0.5, -0.5, 1, 2);
        NDArray slopes = array(SLOPES);
        try (FusedAdam one = new FusedAdam(manager, List.of(plain), new FusedAdam.Settings());
                FusedAdam two = new FusedAdam(manager, List.of(shared), new FusedAdam.Settings())) {
            for (int step = 0; step < 5; step++) {
                differentiate(() -> plain.square().mul(slopes));
                one.step(rate(step), step);
                try (NDManager batch = manager.newSubManager()) {
                    LeafParameters leaves = two.leaves(new ParameterStore(manager, false), batch);
                    differentiate(() -> leaves.arrays().get(0).square().mul(slopes));
                    two.step(leaves, rate(step), step);
                }
            }

            assertThat(shared).isEqualTo(plain);
            assertThat(two.moments().second()).isEqualTo(one.moments().second());
        }
    }

    /** As if its gradient were zero: momentum carries it on. */
    @Test
    void aParameterThatBackwardDoesNotReachMovesByItsMomentum() {
        NDArray theta = leaf(1);
        NDArray other = leaf(1);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta, other), new FusedAdam.Settings())) {
            differentiate(() -> theta.square());
            adam.step(0.1, 0);
            double after = theta.getDouble(0);
            try (NDManager batch = manager.newSubManager()) {
                LeafParameters leaves = adam.leaves(new ParameterStore(manager, false), batch);
                differentiate(() -> leaves.arrays().get(1).square());
                adam.step(leaves, 0.1, 1);
            }

            double m = 0.9 * 0.2 / (1 - 0.81);
            double v = 0.999 * 0.004 / (1 - 0.999 * 0.999);
            assertThat(theta.getDouble(0)).isCloseTo(after - 0.1 * m / Math.sqrt(v), within(1e-6));
        }
    }

    @Test
    void leavesThatBackwardNeverSawAreAMistakeThatIsNamed() {
        NDArray theta = leaf(1);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            LeafParameters leaves = adam.leaves(new ParameterStore(manager, false), batch);
            differentiate(() -> theta.square());

            assertThatThrownBy(() -> adam.step(leaves, 0.1, 0)).hasMessageContaining("was the pass given the leaves");
            assertThat(theta.getDouble(0)).isEqualTo(1);
        }
    }

    /** A rate of 0.1 in float32 is off by 1.5e-9: a double is trained by a double. */
    @Test
    void theRateIsNotRoundedToFloat32() {
        NDArray theta = leaf(0);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta), new FusedAdam.Settings())) {
            differentiate(() -> theta.mul(array(1)));
            adam.step(0.1, 0);

            assertThat(theta.getDouble(0)).isCloseTo(-0.1 / (1 + 1e-8), within(1e-15));
        }
    }

    @Test
    void rowsThatStartAnewHaveNoMomentsAndOthersKeepTheirs() {
        Parameter table = Parameter.builder()
                .setName("table")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ONES)
                .optShape(new Shape(3, 2))
                .build();
        table.initialize(manager, DataType.FLOAT64);
        NDArray other = leaf(1, 1);
        try (FusedAdam adam = new FusedAdam(manager, List.of(other, table.getArray()), new FusedAdam.Settings())) {
            differentiate(
                    () -> table.getArray().square().sum().add(other.square().sum()));
            adam.step(0.1, 0);
            adam.forget(table, array(0, 1, 0).gt(0));
            double[] first = adam.moments().first().get(1).toDoubleArray();
            double[] second = adam.moments().second().get(1).toDoubleArray();

            assertThat(first).containsExactly(new double[] {0.2, 0.2, 0, 0, 0.2, 0.2}, within(1e-12));
            assertThat(second).containsExactly(new double[] {0.004, 0.004, 0, 0, 0.004, 0.004}, within(1e-12));
            assertThat(adam.moments().first().get(0).toDoubleArray())
                    .containsExactly(new double[] {0.2, 0.2}, within(1e-12));
        }
    }

    /** Adam's first step is as long as the rate, whatever the gradient. */
    @Test
    void anArrayThatIsListedTwiceIsMovedOnce() {
        NDArray theta = leaf(1);
        try (FusedAdam adam = new FusedAdam(manager, List.of(theta, theta), new FusedAdam.Settings())) {
            differentiate(() -> theta.square());
            adam.step(0.1, 0);

            assertThat(theta.getDouble(0)).isCloseTo(0.9, within(1e-6));
            assertThat(adam.moments().first()).hasSize(1);
        }
    }

    @Test
    void nothingToTrainIsNoMistake() {
        try (FusedAdam adam = new FusedAdam(manager, List.of(array(1)), new FusedAdam.Settings())) {
            adam.step(0.1, 0);

            assertThat(adam.moments().first()).isEmpty();
        }
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new FusedAdam.Settings(1, 0.999, 1e-8)).hasMessageContaining("decay rate");
        assertThatThrownBy(() -> new FusedAdam.Settings(0.9, 0.999, 0)).hasMessageContaining("epsilon");
    }

    private NDArray leaf(double... values) {
        NDArray made = array(values);
        made.setRequiresGradient(true);
        return made;
    }

    private static void differentiate(Supplier<NDArray> terms) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(terms.get().sum());
        }
    }

    private static double rate(int step) {
        return 0.1 / (1 + step);
    }

    private static double byHand(double start, double slope) {
        double theta = start;
        double m = 0;
        double v = 0;
        for (int step = 0; step < 20; step++) {
            m = 0.9 * m + 0.1 * slope;
            v = 0.999 * v + 0.001 * slope * slope;
            double corrected = m / (1 - Math.pow(0.9, step + 1));
            double root = Math.sqrt(v / (1 - Math.pow(0.999, step + 1)));
            theta -= rate(step) * corrected / (root + 1e-8);
        }
        return theta;
    }
}
