package io.vae4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OpsTest extends EngineTest {

    @Test
    void scalesAndShiftsInTheTypeOfTheArray() {
        NDArray single = manager.ones(new Shape());

        assertThat(Ops.scale(single, -0.5).getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(Ops.scale(single, -0.5).getFloat()).isEqualTo(-0.5f);
        assertThat(Ops.shift(array(1), 1e-12).getDouble(0)).isEqualTo(1 + 1e-12);
        assertThat(Ops.scale(array(3), 0.1).getDouble(0)).isEqualTo(3 * 0.1);
    }

    @Test
    void softplusIsExactFarFromZeroAndNearIt() {
        assertThat(Ops.softplus(array(-100, -1, 0, 1, 30, 100)).toDoubleArray())
                .containsExactly(
                        new double[] {
                            Math.exp(-100),
                            Math.log1p(Math.exp(-1)),
                            Math.log(2),
                            Math.log1p(Math.exp(1)),
                            30 + Math.exp(-30),
                            100
                        },
                        within(1e-13));
    }

    @Test
    void logMeanExpNeitherOverflowsNorVanishes() {
        NDArray x = array(1000, 1001, -1000, -1001).reshape(2, 2);

        double[] rows = Ops.logMeanExp(x, 1).toDoubleArray();

        assertThat(rows[0]).isCloseTo(1001 + Math.log((1 + Math.exp(-1)) / 2), within(1e-10));
        assertThat(rows[1]).isCloseTo(-1000 + Math.log((1 + Math.exp(-1)) / 2), within(1e-10));
    }

    @Test
    void softBoundStaysInsideAndKeepsItsGradient() {
        NDArray bounded = Ops.softBound(array(-1e6, -30, 0.01, 30, 1e6), 10);

        assertThat(bounded.abs().max().getDouble()).isLessThanOrEqualTo(10);
        assertThat(bounded.getDouble(2)).isCloseTo(0.01, within(1e-8));
        assertThat(gradient(x -> Ops.softBound(x, 10).sum(), array(30)).getDouble(0))
                .isPositive();
    }

    @Test
    void sumsOnlyTheEventAxes() {
        NDArray ones = manager.ones(new Shape(2, 3, 4, 5));

        assertThat(Ops.sumEvents(ones, 2).getShape()).isEqualTo(new Shape(2, 3));
        assertThat(Ops.sumEvents(ones, 2).getFloat(1, 2)).isEqualTo(20f);
        assertThat(Ops.sumEvents(ones, 0)).isSameAs(ones);
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        NDArray at = array(-3, -0.5, 0.2, 2.5);

        assertThat(gradient(
                                x -> Ops.logMeanExp(Ops.scale(x, 1.5), 0)
                                        .add(Ops.softplus(x).sum()),
                                at)
                        .toDoubleArray())
                .containsExactly(
                        differences(
                                x -> Ops.logMeanExp(Ops.scale(x, 1.5), 0)
                                        .add(Ops.softplus(x).sum()),
                                at),
                        within(1e-8));
    }

    /** DJL's own {@code x.mul(Number)} fails this: its scalar lives in a buffer that a collection frees. */
    @Test
    void gradientsSurviveAGarbageCollectionBetweenForwardAndBackward() {
        for (int round = 0; round < 5; round++) {
            NDArray x = array(1, 2, 3);
            x.setRequiresGradient(true);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                NDArray y = x;
                for (int i = 0; i < 50; i++) {
                    y = Ops.softBound(Ops.shift(Ops.scale(y, 1.01), 0.001), 100);
                }
                NDArray loss = y.sum();
                churnDirectBuffers();
                tape.backward(loss);
            }
            assertThat(x.getGradient().toDoubleArray())
                    .containsExactly(differences(OpsTest::fiftyTimes, array(1, 2, 3)), within(1e-6));
        }
    }

    private static NDArray fiftyTimes(NDArray x) {
        NDArray y = x;
        for (int i = 0; i < 50; i++) {
            y = Ops.softBound(Ops.shift(Ops.scale(y, 1.01), 0.001), 100);
        }
        return y.sum();
    }

    private static void churnDirectBuffers() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            for (int j = 0; j < 2000; j++) {
                ByteBuffer.allocateDirect(8).putDouble(0, Double.NaN);
            }
        }
    }
}
