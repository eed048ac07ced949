package io.vae4j.models.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Ops;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BlockTest;
import io.vae4j.models.network.Initialization;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowTest extends BlockTest {

    private static final int D = 3;
    private static final int F = 4;
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    static Stream<Flow> flows() {
        return Stream.of(new Planar(D, START), autoregressive(D, Order.FORWARDS), autoregressive(D, Order.BACKWARDS));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theLogDeterminantIsThatOfTheNumericalJacobian(Flow flow) {
        initialized(flow, 3, new Shape(1, D), new Shape(1, F));
        for (int seed = 0; seed < 5; seed++) {
            NDArray z = normal(seed, 1, 1, D);
            NDArray context = normal(100 + seed, 1, 1, F);
            double logDet = flow.transform(pass(), z, context).logDet().getDouble(0, 0);

            assertThat(logDet).isCloseTo(Math.log(Math.abs(jacobian(flow, z, context))), within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void drawsAndExamplesAreMappedOnTheirOwn(Flow flow) {
        initialized(flow, 3, new Shape(1, D), new Shape(1, F));
        NDArray z = normal(1, 5, 2, D);
        NDArray context = normal(2, 1, 2, F);
        Flow.Transformed together = flow.transform(pass(), z, context);
        Flow.Transformed repeated = flow.transform(pass(), z, context.broadcast(new Shape(5, 2, F)));
        Flow.Transformed alone = flow.transform(pass(), z.get("3:4, 1:2"), context.get(":, 1:2"));

        assertThat(together.value().getShape()).isEqualTo(new Shape(5, 2, D));
        assertThat(together.logDet().getShape()).isEqualTo(new Shape(5, 2));
        assertThat(repeated.value().toDoubleArray())
                .containsExactly(together.value().toDoubleArray(), within(1e-12));
        assertThat(alone.value().toDoubleArray())
                .containsExactly(together.value().get("3, 1").toDoubleArray(), within(1e-12));
        assertThat(alone.logDet().toDoubleArray())
                .containsExactly(new double[] {together.logDet().get("3, 1").getDouble()}, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void theContextShapesTheMap(Flow flow) {
        initialized(flow, 1, new Shape(1, D), new Shape(1, F));
        NDArray z = normal(1, 1, 1, D);
        NDArray context = normal(2, 1, 1, F);
        // each element, also the first in the order, is mapped in a way that the context decides
        for (int i = 0; i < D; i++) {
            int element = i;
            NDArray slope = gradient(
                    context.duplicate(),
                    c -> flow.transform(pass(), z, c).value().get("0, 0, " + element));
            assertThat(slope.abs().min().getDouble()).isPositive();
        }
    }

    /** {@code w.u} far below -1 without the constraint: w.f(z) must still increase along w. */
    @Test
    void aPlanarFlowStaysInvertibleWhateverTheFeatures() {
        Planar flow = initialized(new Planar(2, START), 1, new Shape(1, 2), new Shape(1, 1));
        fill(flow, "01u_bias", -9, 4);
        fill(flow, "02w_bias", 3, -1);
        NDArray w = fill(flow, "02w_weight", 0, 0).add(flowParameter(flow, "02w_bias"));
        fill(flow, "01u_weight", 0, 0);
        NDArray line = manager.linspace(-3f, 3f, 601).toType(w.getDataType(), true);
        NDArray z = line.reshape(601, 1, 1).mul(w);
        Flow.Transformed mapped = flow.transform(pass(), z, normal(3, 1, 1, 1));
        double[] heights = mapped.value().mul(w).sum(new int[] {2}).toDoubleArray();

        for (int i = 1; i < heights.length; i++) {
            assertThat(heights[i]).isGreaterThan(heights[i - 1]);
        }
        assertThat(mapped.logDet().isNaN().any().getBoolean()).isFalse();
    }

    /** {@code w.u = -200} in float32, where log(1 + e^x) is zero: the map must still be one, with a finite volume. */
    @Test
    void aPlanarFlowInSinglePrecisionKeepsAVolumeHoweverHardItCompresses() {
        Planar flow = new Planar(2, START);
        flow.initialize(manager, DataType.FLOAT32, new Shape(1, 2), new Shape(1, 1));
        flow.getParameters()
                .values()
                .forEach(p -> p.getArray().set(new float[(int) p.getArray().size()]));
        flowParameter(flow, "01u_bias").set(new float[] {-200, 0});
        flowParameter(flow, "02w_bias").set(new float[] {1, 0});
        NDArray z =
                manager.create(new float[] {0, 0, 0.5f, 1}, new Shape(2, 1, 2)).duplicate();
        NDArray context = manager.zeros(new Shape(1, 1, 1));
        z.setRequiresGradient(true);
        NDArray logDet;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            logDet = flow.transform(pass(), z, context).logDet();
            tape.backward(logDet.sum());
        }

        // at the center f'(0) = 1 + m along w, here the least there is
        assertThat(logDet.getFloat(0, 0)).isCloseTo((float) Math.log(1e-6), within(0.01f));
        assertThat(logDet.getFloat(1, 0)).isBetween(-14f, 0f);
        assertThat(z.getGradient().isNaN().any().getBoolean()).isFalse();
    }

    /** An inverse that grows beyond float32 ends at infinity, and what overflows in it spoils no gradient. */
    @Test
    void anInverseThatOverflowsIsInfiniteAndPassesNoGradient() {
        InverseAutoregressive flow =
                initialized(autoregressive(5, Order.FORWARDS), 6, new Shape(1, 5), new Shape(1, F));
        NDArray value = Ops.scale(normal(1, 50, 1, 5), 1e14);
        NDArray context = normal(2, 1, 1, F);
        value.setRequiresGradient(true);
        NDArray z;
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Flow.Transformed inverse = flow.invert(pass(), value, context);
            z = inverse.value();
            tape.backward(z.clip(-1e16, 1e16).sum().add(inverse.logDet().sum()));
        }
        double[] values = z.toDoubleArray();
        double[] slopes = value.getGradient().toDoubleArray();
        boolean[] lost = new boolean[50];
        for (int draw = 0; draw < 50; draw++) {
            lost[draw] = Double.isInfinite(values[5 * draw]);
            for (int i = 5 * draw; i < 5 * draw + 5; i++) {
                assertThat(Double.isInfinite(values[i]))
                        .as("all of a sample or none")
                        .isEqualTo(lost[draw]);
                assertThat(values[i])
                        .as("what was lost stands as zero inside")
                        .isNotNaN()
                        .isNotZero();
                assertThat(slopes[i]).isNotNaN();
            }
        }

        assertThat(lost).contains(true, false);
    }

    /** log s > -10: however small the gate, one step of the inverse stretches by less than e^10. */
    @Test
    void theGateHasALowerBound() {
        InverseAutoregressive flow =
                initialized(autoregressive(1, Order.FORWARDS), 0, new Shape(1, 1), new Shape(1, 1));
        NDArray gate = flow.getParameters().get("01made_05gate_bias").getArray();
        for (double at : new double[] {-2, -8, -12, -30, -1e4}) {
            gate.set(new double[] {at});
            NDArray zero = manager.zeros(new Shape(1, 1, 1), DataType.FLOAT64);
            double logDet = flow.transform(pass(), zero, zero).logDet().getDouble(0, 0);
            double sigmoid = 1 / (1 + Math.exp(-at - 2));

            assertThat(logDet)
                    .isCloseTo(Math.log((sigmoid + Math.exp(-10)) / (1 + Math.exp(-10))), within(1e-9))
                    .isGreaterThan(-10.001);
        }
    }

    /** Gates of networks that read numbers of 1e12, in float32: no difference of large numbers may stand in the way. */
    @Test
    void theBoundOfTheGateHoldsInSinglePrecisionHoweverFarItIsClosed() {
        InverseAutoregressive flow = autoregressive(1, Order.FORWARDS);
        flow.initialize(manager, DataType.FLOAT32, new Shape(1, 1), new Shape(1, 1));
        flow.getParameters()
                .values()
                .forEach(p -> p.getArray().set(new float[(int) p.getArray().size()]));
        NDArray gate = flow.getParameters().get("01made_05gate_bias").getArray();
        for (float at : new float[] {-1e3f, -1e8f, -2e8f, -1e9f, -1e12f}) {
            gate.set(new float[] {at});
            NDArray zero = manager.zeros(new Shape(1, 1, 1));

            assertThat(flow.transform(pass(), zero, zero).logDet().getFloat(0, 0))
                    .isCloseTo(-10, within(1e-3f));
        }
    }

    @Test
    void aPlanarFlowWithoutADirectionOrAmplitudeIsTheIdentity() {
        Planar flow = initialized(new Planar(2, START), 0, new Shape(1, 2), new Shape(1, 1));
        NDArray z = normal(3, 4, 1, 2);
        Flow.Transformed mapped = flow.transform(pass(), z, normal(4, 1, 1, 1));

        assertThat(mapped.value().toDoubleArray()).containsExactly(z.toDoubleArray(), within(1e-15));
        assertThat(mapped.logDet().toDoubleArray()).containsExactly(new double[4], within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theInverseOfAnAutoregressiveStepTakesItBack(Order order) {
        InverseAutoregressive flow = initialized(autoregressive(5, order), 3, new Shape(1, 5), new Shape(1, F));
        NDArray z = normal(1, 6, 2, 5);
        NDArray context = normal(2, 1, 2, F);
        Flow.Transformed there = flow.transform(pass(), z, context);
        Flow.Transformed back = flow.invert(pass(), there.value(), context);

        assertThat(there.value().sub(z).abs().max().getDouble()).isGreaterThan(0.1);
        assertThat(back.value().toDoubleArray()).containsExactly(z.toDoubleArray(), within(1e-9));
        assertThat(back.logDet().toDoubleArray()).containsExactly(there.logDet().toDoubleArray(), within(1e-9));
    }

    @Test
    void neighborsInAChainReadInOppositeOrders() {
        List<Flow> chain = InverseAutoregressive.chain(2, D, List.of(8), Activation.TANH, START);
        NDArray z = normal(1, 1, 1, D);
        NDArray context = normal(2, 1, 1, F);
        chain.forEach(flow -> initialized(flow, 1, new Shape(1, D), new Shape(1, F)));

        assertThat(chain).hasSize(2);
        assertThat(slopeOf(chain.get(0), 0, z, context)[D - 1]).isZero();
        assertThat(slopeOf(chain.get(1), 0, z, context)[D - 1]).isNotZero();
        assertThat(slopeOf(chain.get(1), D - 1, z, context)[0]).isZero();
    }

    static Stream<Order> orders() {
        return Stream.of(Order.values());
    }

    private double[] slopeOf(Flow flow, int element, NDArray z, NDArray context) {
        return gradient(
                        z.duplicate(),
                        at -> flow.transform(pass(), at, context).value().get("0, 0, " + element))
                .toDoubleArray();
    }

    private double jacobian(Flow flow, NDArray z, NDArray context) {
        double step = 1e-5;
        NDArray moves = manager.eye(D).toType(z.getDataType(), true).reshape(D, 1, D);
        NDArray up =
                flow.transform(pass(), z.add(Ops.scale(moves, step)), context).value();
        NDArray down =
                flow.transform(pass(), z.add(Ops.scale(moves, -step)), context).value();
        double[] rises = up.sub(down).toDoubleArray();
        Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(D, D);
        for (int i = 0; i < rises.length; i++) {
            matrix.setEntry(i / D, i % D, rises[i] / (2 * step));
        }
        return new LUDecomposition(matrix).getDeterminant();
    }

    private NDArray fill(Planar flow, String name, double... values) {
        NDArray array = flowParameter(flow, name);
        array.set(DoubleBuffer.wrap(values));
        return array.flatten();
    }

    private NDArray flowParameter(Planar flow, String name) {
        return flow.getParameters().get(name).getArray();
    }

    private static InverseAutoregressive autoregressive(int dimensions, Order order) {
        return new InverseAutoregressive(dimensions, List.of(8, 7), Activation.TANH, START, order);
    }
}
